import { doubt, ROW_MARKS, ROW_QUOTES } from './layout';
import {
  BOUNDED_NUMBER,
  CALENDAR,
  Check,
  CHECK_BYTES,
  EMAIL,
  INTEGER,
  NOT_WORDS,
  NUMBER,
  PRESENT,
  Program,
  TEXT,
  UUID,
  WORDS,
} from './schema';
import { DOUBLED } from './tokenize';
import {
  CalendarLayout,
  codePoints,
  isBoundedNumber,
  isCalendar,
  isEmail,
  isInteger,
  isNumber,
  isUuid,
  isWord,
} from './values';

/*
 * Checks a whole column at a time. A rule only accepts the common shape of a value; a record with a cell that is not
 * accepted is doubtful, and the host decides about it by the full definition, which also says what is wrong. So a rule
 * can only be wrong by accepting too much.
 */

/** Checks the first `rows` records of the batch. */
export function checkRows(program: Program, rows: u32): void {
  for (let index: u32 = 0; index < program.checks; index++) {
    checkColumn(changetype<Check>(<usize>program.firstCheck + <usize>index * CHECK_BYTES), program.quote, rows);
  }
}

function checkColumn(check: Check, quote: u32, rows: u32): void {
  switch (check.operation) {
    case INTEGER:
      return checkEach<IntegerRule>(changetype<IntegerRule>(check), check, quote, rows);
    case NUMBER:
      return checkEach<NumberRule>(changetype<NumberRule>(check), check, quote, rows);
    case BOUNDED_NUMBER:
      return checkEach<BoundedNumberRule>(changetype<BoundedNumberRule>(check), check, quote, rows);
    case TEXT:
      return checkEach<TextRule>(changetype<TextRule>(check), check, quote, rows);
    case WORDS:
      return checkEach<WordsRule>(changetype<WordsRule>(check), check, quote, rows);
    case NOT_WORDS:
      return checkEach<NotWordsRule>(changetype<NotWordsRule>(check), check, quote, rows);
    case CALENDAR:
      return checkEach<CalendarRule>(changetype<CalendarRule>(check), check, quote, rows);
    case EMAIL:
      return checkEach<EmailRule>(changetype<EmailRule>(check), check, quote, rows);
    case UUID:
      return checkEach<UuidRule>(changetype<UuidRule>(check), check, quote, rows);
    case PRESENT:
      return checkEach<PresentRule>(changetype<PresentRule>(check), check, quote, rows);
    default:
      unreachable();
  }
}

/**
 * The only loop over records; made once for each rule by the compiler, so that no cell costs a call. Functions of their
 * own: only the rules that a file needs are compiled, and each as soon as it is worth it.
 */
function checkEach<R extends Check>(rule: R, check: Check, quote: u32, rows: u32): void {
  const offset = <usize>check.offset;
  const optional = check.optional;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const mark = <usize>load<u32>(ROW_MARKS + (row << 2)) + offset;
    let at = load<u32>(mark) + 1;
    let length = load<u32>(mark, 4) - at;
    let doubled: u32 = 0;
    if (length != 0 && <u32>load<u8>(at) == quote) {
      at++;
      length -= 2;
      doubled = load<u8>(ROW_QUOTES + row) & DOUBLED;
    }
    if (length == 0) {
      if (!optional) doubt(row, check.offset >> 2);
      continue;
    }
    // What a cell with doubled quotes says is not what stands there; only some rules can do with that.
    if ((doubled && !rule.takesDoubled) || !rule.accepts(at, length, doubled)) {
      doubt(row, check.offset >> 2);
    }
  }
}

/*
 * Views of a check: what its parameters mean, which cells it accepts, and whether it can do with cells that have doubled
 * quotes inside. None inherits a method, since a method that is overridden somewhere costs a call.
 */

/** `a` is 1 where it may be signed. */
@unmanaged
class IntegerRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isInteger(at, length, this.a);
  }
}

/** `a` is 1 where it may be signed. */
@unmanaged
class NumberRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isNumber(at, length, this.a);
  }
}

@unmanaged
class BoundedNumberRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isBoundedNumber(at, length, <usize>this.table, this.a);
  }
}

/** From `a` to `b` characters. */
@unmanaged
class TextRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    // Bytes are never fewer than characters, and at most four times as many; doubled quotes at most twice that.
    if ((length <= this.b) & (length >> 3 >= this.a)) return true;
    if (doubled) return (length <= this.b) & (this.a <= 1);
    const characters = codePoints(at, length);
    return (characters >= this.a) & (characters <= this.b);
  }
}

/** Any cell that is not empty. */
@unmanaged
class PresentRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return true;
  }
}

@unmanaged
class WordsRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isWord(at, length, <usize>this.table, this.a, this.b);
  }
}

/** Any cell but one of the words: those that count as missing are for the host. */
@unmanaged
class NotWordsRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return !isWord(at, length, <usize>this.table, this.a, this.b);
  }
}

@unmanaged
class CalendarRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isCalendar(at, length, changetype<CalendarLayout>(<usize>this.table));
  }
}

@unmanaged
class EmailRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isEmail(at, length);
  }
}

@unmanaged
class UuidRule extends Check {
  // @ts-ignore: decorator
  @inline get takesDoubled(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline accepts(at: usize, length: u32, doubled: u32): bool {
    return isUuid(at, length);
  }
}
