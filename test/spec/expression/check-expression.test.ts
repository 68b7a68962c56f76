import { checkExpression } from '../../../src/spec/expression/check-expression';
import { FUNCTIONS } from '../../../src/spec/expression/functions';
import { kindOf } from '../../../src/spec/expression/kinds';

const check = (text: string, scaled = false, result?: 'number' | 'boolean') =>
  checkExpression(text, { scaled, ...(result && { result }) });

describe('what can be known of an expression without a row', () => {
  it.each([
    ["'x' + 1", 'got a text at character 1 of "\'x\' + 1", expected a number'],
    ['a + true', 'got true or false at character 5 of "a + true", expected a number'],
    ['a + null', 'got null at character 5'],
    ["-'x'", 'got a text at character 2'],
    ['!1', 'got a number at character 2 of "!1", expected true or false'],
    ['a && 1', 'got a number at character 6'],
    ["'x' || a", 'got a text at character 1'],
    ['1 ? a : b', 'got a number at character 1 of "1 ? a : b", expected true or false'],
    [
      'a == null',
      'got a comparison with null at character 6 of "a == null", expected isNull(...), since an empty cell is null',
    ],
    ["'' != a", 'got a comparison with "" at character 1'],
    ["1 == 'x'", 'got a number beside a text at character 3 of "1 == \'x\'", expected two of one kind'],
    ["(a > 1) == 'x'", 'got true or false beside a text at character 9'],
    [
      '(a > 1) < (b > 1)',
      'got "<" of true or false at character 9 of "(a > 1) < (b > 1)", expected "==" or "!="',
    ],
    [
      'a / b',
      'got a division without a scale at character 3 of "a / b", expected a scale beside the expression, or div(a, b, scale)',
    ],
    ['round(a)', 'got 1 argument of round at character 1 of "round(a)", expected round(x, scale[, mode])'],
    ["round(a, 1, 'up', 2)", 'got 4 arguments of round at character 1'],
    ['coalesce()', 'got 0 arguments of coalesce'],
    [
      'round(a, b)',
      'got what is known at run time only at character 10 of "round(a, b)", expected a whole number from 0 to 100',
    ],
    ['round(a, 101)', 'got a number at character 10'],
    ['round(a, 1.5)', 'got a number at character 10'],
    ['round(a, null)', 'got null at character 10'],
    ["round(a, '1')", 'got "1" at character 10'],
    [
      "round(a, 1, 'nearest')",
      'got "nearest" at character 13 of "round(a, 1, \'nearest\')", expected "half-even", "half-up", "half-down", "up", "down", "ceiling" or "floor"',
    ],
    ['round(a, 1, b)', 'got what is known at run time only at character 13'],
    ["abs('x')", 'got a text at character 5'],
    ["min(1, 2, 'x')", 'got a text at character 11'],
    ["upper(abs('x'))", 'got a text at character 11'],
    ["coalesce('x', upper(a)) + 1", 'got a text at character 1'],
    ["(a ? 'x' : null) + 1", 'got a text at character 4'],
    ['(null ? null : null) + 1', 'got null at character 2'],
  ])('refuses %s', (text, message) => {
    expect(() => check(text)).toThrow(message);
  });

  it.each([
    [
      'a / b + 1',
      'got a division inside a larger expression at character 3 of "a / b + 1", expected div(a, b, scale)',
    ],
    ['abs(a / b)', 'got a division inside a larger expression'],
    ['(a / b) > 1 ? 1 : 2', 'got a division inside a larger expression'],
    ['a / b / c', 'got a division inside a larger expression'],
  ])('refuses %s even with a scale, since it would be rounded twice', (text, message) => {
    expect(() => check(text, true)).toThrow(message);
  });

  it.each(['a / b', 'a * 100 / b', 'c ? a / b : 0', '(a / b)'])('takes %s with a scale', (text) => {
    expect(() => check(text, true, 'number')).not.toThrow();
  });

  it.each([
    ['a', 'any'],
    ['1', 'number'],
    ["'x'", 'text'],
    ['true', 'boolean'],
    ['null', 'null'],
    ['-a', 'number'],
    ['!a', 'boolean'],
    ['a + 1', 'number'],
    ['a && b', 'boolean'],
    ['a || b', 'boolean'],
    ['a >= b', 'boolean'],
    ['a ? 1 : null', 'number'],
    ["a ? 1 : 'x'", 'any'],
    ['coalesce(a, 1)', 'any'],
    ['coalesce(null, 1)', 'number'],
    ['isNull(a)', 'boolean'],
    ['length(a)', 'number'],
  ])('knows the kind of %s: %s', (text, kind) => {
    expect(kindOf(check(text))).toBe(kind);
  });

  it('wants a result that fits its use', () => {
    expect(() => check('a + 1', false, 'boolean')).toThrow(
      'got a number at character 3 of "a + 1", expected true or false',
    );
    expect(() => check("'x'", true, 'number')).toThrow('got a text at character 1');
    expect(() => check('a', false, 'boolean')).not.toThrow();
  });

  it('shows each function as it is called', () => {
    for (const [name, { usage, meaning }] of Object.entries(FUNCTIONS)) {
      expect(usage.startsWith(`${name}(`)).toBe(true);
      expect(meaning).not.toBe('');
    }
  });
});
