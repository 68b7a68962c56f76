import { RecordBatch } from '../../../src/engine/batch';
import { compileExpression } from '../../../src/engine/expression/compile-expression';
import { rejectRow } from '../../../src/engine/expression/evaluation-error';
import { compileTransforms } from '../../../src/engine/transforms';
import { checkExpression } from '../../../src/spec/expression/check-expression';
import type { DeriveSpec } from '../../../src/spec/transforms/transform-spec';
import { applyTo, CONTEXT } from '../batch-of';

const HEADER = ['a', 'b', 'text', 'empty', 'flag', 'Cost $'];
const ROW = ['7', '2.50', 'Grüße 😀', '', 'true', '1200'];

function derive(expression: string, options: Partial<DeriveSpec> = {}) {
  checkExpression(expression, { scaled: options.scale !== undefined });
  const spec: DeriveSpec = { type: 'derive', column: 'result', expression, ...options };
  const { rows, rejected } = applyTo(compileTransforms([spec], HEADER, CONTEXT), HEADER.length, [ROW]);
  return rows.length === 1 ? rows[0].at(-1) : rejected[0];
}

describe('an expression over a row', () => {
  it.each([
    ['a + b', '9.50'],
    ['a - b * 2', '2.00'],
    ['(a - b) * 2', '9.00'],
    ['-a % 4', '-3'],
    ['+a', '7'],
    ['-empty', ''],
    ['0.1 + 0.2', '0.3'],
    ["col('Cost $') > 1000 ? 'dear' : 'cheap'", 'dear'],
    ["text == 'Grüße 😀'", 'true'],
    ['a * empty', ''],
    ['empty + a', ''],
    ['round(b, 0)', '2'],
    ["round(b, 0, 'half-up')", '3'],
    ['div(a, b, 3)', '2.800'],
    ["div(-a, 2, 0, 'up')", '-4'],
    ['div(a, empty, 1)', ''],
    ['abs(0 - a)', '7'],
    ['min(a, b, 3)', '2.50'],
    ['max(a, b, 3)', '7'],
    ['max(b, a)', '7'],
    ['min(a, empty)', ''],
    ['coalesce(empty, b)', '2.50'],
    ['coalesce(empty, null)', ''],
    ['isNull(empty)', 'true'],
    ['isNull(a)', 'false'],
    ['length(text)', '7'],
    ['upper(text)', 'GRÜSSE 😀'],
    ['lower(text)', 'grüße 😀'],
    ["trim('  x ')", 'x'],
    ["concat(text, ' ', a + 1, ' ', flag == true)", 'Grüße 😀 8 true'],
    ['concat(text, empty)', ''],
    ["contains(text, 'üß')", 'true'],
    ["startsWith(text, 'G')", 'true'],
    ["endsWith(text, 'G')", 'false'],
    ['substring(text, 7)', '😀'],
    ['substring(text, 1, 3)', 'Grü'],
    ['substring(text, 0, 3)', 'Gr'],
    ['substring(text, 3, -1)', ''],
    ['a == 7.0', 'true'],
    ['a != 7', 'false'],
    ['a < b', 'false'],
    ['a > b', 'true'],
    ['a <= 7', 'true'],
    ['a >= 8', 'false'],
    ["text == 'x'", 'false'],
    ["text < 'H'", 'true'],
    ["text > 'A'", 'true'],
    ['text > a', 'true'],
    ['a == text', 'false'],
    ["a == '7.0'", 'false'],
    ['flag == (a > 1)', 'true'],
    ['(a > 1) != flag', 'false'],
    ['empty == a', ''],
    ['a == empty', ''],
    ['!flag', 'false'],
    ['!isNull(empty) || empty', ''],
    ['empty && false', 'false'],
    ['false && empty', 'false'],
    ['empty || true', 'true'],
    ['true || empty', 'true'],
    ['flag && a > 1', 'true'],
    ['flag || false', 'true'],
    ['false || false', 'false'],
    ['!empty', ''],
    ['flag ? a : b', '7'],
    ['!flag ? a : b', '2.50'],
    ['empty ? 1 : 2', ''],
    ['(flag ? a : text) + 1', '8'],
  ])('%s is %j', (expression, expected) => {
    expect(derive(expression)).toBe(expected);
  });

  it.each<[string, Partial<DeriveSpec>, string]>([
    ['a / b', { scale: 2 }, '2.80'],
    ['a / 2', { scale: 0, rounding: 'down' }, '3'],
    ['flag ? a / 3 : b', { scale: 3 }, '2.333'],
    ['a', { scale: 2 }, '7.00'],
    ['empty', { scale: 2 }, ''],
  ])('%s rounded to %j is %s', (expression, options, expected) => {
    expect(derive(expression, options)).toBe(expected);
  });

  it.each<[string, Partial<DeriveSpec>, string]>([
    ['text * 2', {}, '0: text: transform-error: "Grüße 😀" is not a number'],
    ['a == 7 && text', {}, '0: text: transform-error: "Grüße 😀" is not true or false'],
    ['a && true', {}, '0: a: transform-error: "7" is not true or false'],
    ['text > 1', {}, '0: text: transform-error: "Grüße 😀" is not a number'],
    ['1 < text', {}, '0: text: transform-error: "Grüße 😀" is not a number'],
    ['text == true', {}, '0: text: transform-error: "Grüße 😀" is not true or false'],
    ['(flag ? a > 1 : text) + 1', {}, '0: result: transform-error: true is not a number'],
    ['(flag ? a + 1 : text) && true', {}, '0: result: transform-error: "8" is not true or false'],
    ['text', { scale: 1 }, '0: result: transform-error: "Grüße 😀" is not a number'],
    [
      'div(a, b - 2.5, 1)',
      {},
      '0: result: transform-error: division by zero at character 1 of the expression',
    ],
    ['a % 0', {}, '0: result: transform-error: division by zero at character 3 of the expression'],
    ['a / 0', { scale: 1 }, '0: result: transform-error: division by zero at character 3 of the expression'],
    [
      'substring(text, b)',
      {},
      '0: result: transform-error: the start of substring is 2.50, not a whole number',
    ],
    [
      'substring(text, 1, b)',
      {},
      '0: result: transform-error: the length of substring is 2.50, not a whole number',
    ],
  ])('%s rejects the row', (expression, options, expected) => {
    expect(derive(expression, options)).toBe(expected);
  });

  it('filters rows for which it is false or null, and rejects those for which it has no value', () => {
    const operation = compileTransforms([{ type: 'filter', expression: 'a > 5' }], ['a'], CONTEXT);
    expect(applyTo(operation, 1, [['6'], ['5'], [''], ['x']])).toEqual({
      rows: [['6']],
      rejected: ['3: a: transform-error: "x" is not a number'],
      filtered: [1, 2],
    });
  });

  it('never hides an error that is no matter of the row', () => {
    const broken = () => rejectRow(new RecordBatch(), 0, '', new RangeError('broken'));
    expect(broken).toThrow(RangeError);
  });

  it('never runs its text as code', () => {
    const reached: string[] = [];
    Object.assign(globalThis, { reach: () => reached.push('reached') });
    for (const text of ['reach()', 'constructor', 'toString', '__proto__', "col('constructor')"]) {
      expect(() => {
        const evaluate = compileExpression(text, ['a']);
        evaluate([], 0);
      }).toThrow();
    }
    expect(reached).toEqual([]);
  });
});
