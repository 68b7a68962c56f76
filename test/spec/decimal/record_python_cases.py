"""Prints what Python's decimal module makes of numbers: python3 record_python_cases.py > python-cases.json

Values of up to 38 digits, half of them ties or next to ties, in every rounding mode.
"""

import decimal
import json
import random
from decimal import Decimal

decimal.getcontext().prec = 200
MODES = {
    "half-even": decimal.ROUND_HALF_EVEN,
    "half-up": decimal.ROUND_HALF_UP,
    "half-down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "ceiling": decimal.ROUND_CEILING,
    "floor": decimal.ROUND_FLOOR,
}
chance = random.Random(38)


def number(digits=None):
    digits = digits or chance.choice([1, 2, 5, 9, 15, 16, 17, 30, 37, 38])
    whole = "".join(chance.choice("0123456789") for _ in range(digits)).lstrip("0") or "0"
    scale = chance.randint(0, digits)
    text = whole.zfill(scale + 1)
    text = f"{text[:-scale]}.{text[-scale:]}" if scale else text
    return ("-" if chance.random() < 0.5 else "") + text


def tie(scale):
    """Just between two neighbours of that scale, or one digit further down beside it."""
    base = number(chance.choice([1, 3, 16, 30])).split(".")[0]
    fraction = "".join(chance.choice("0123456789") for _ in range(scale)) + chance.choice(["5", "50", "49999", "50001"])
    return f"{base}.{fraction}"


def text(value):
    """Without a sign where it is zero: money has no negative zero."""
    return format(abs(value) if value == 0 else value, "f")


def rounded(value, scale, mode):
    return text(value.quantize(Decimal(1).scaleb(-scale), rounding=MODES[mode]))


def lines(cases):
    return ",\n".join(map(json.dumps, cases))


rounds, quotients, exact = [], [], []
for mode in MODES:
    for turn in range(40):
        scale = chance.choice([0, 1, 2, 4, 10])
        value = tie(scale) if turn % 2 else number()
        rounds.append([value, scale, mode, rounded(Decimal(value), scale, mode)])
    for _ in range(30):
        a, b = number(), number()
        while Decimal(b) == 0:
            b = number()
        scale = chance.choice([0, 2, 6])
        # The quotient cut far behind the digit that decides, with a sign of what was cut: no second rounding.
        with decimal.localcontext() as context:
            context.rounding = decimal.ROUND_05UP
            quotient = Decimal(a) / Decimal(b)
        quotients.append([a, b, scale, mode, rounded(quotient, scale, mode)])
for _ in range(60):
    a, b = Decimal(number()), Decimal(number())
    exact.append([text(a), text(b), text(a + b), text(a - b), text(a * b)])
print("{")
print(f'"rounds": [\n{lines(rounds)}\n],')
print(f'"quotients": [\n{lines(quotients)}\n],')
print(f'"exact": [\n{lines(exact)}\n]')
print("}")
