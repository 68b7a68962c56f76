import fc from 'fast-check';
import jsep from 'jsep';
import { formatDecimal } from '../../../src/spec/decimal';
import { BINARY_OPERATORS, columnsOf, type ExpressionNode } from '../../../src/spec/expression/expression';
import { parseExpression } from '../../../src/spec/expression/parse-expression';

/** A tree with every operator in parentheses. */
function written(node: ExpressionNode): string {
  switch (node.kind) {
    case 'literal':
      if (typeof node.value === 'object' && node.value) return formatDecimal(node.value);
      return JSON.stringify(node.value);
    case 'column':
      return node.name;
    case 'unary':
      return `(${node.operator}${written(node.operand)})`;
    case 'binary':
      return `(${written(node.left)} ${node.operator} ${written(node.right)})`;
    case 'conditional':
      return `(${written(node.test)} ? ${written(node.consequent)} : ${written(node.alternate)})`;
    case 'call':
      return `${node.name}(${node.arguments.map(written).join(', ')})`;
  }
}

/** The same of a tree of jsep's. */
function writtenByJsep(node: any): string {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number' ? node.raw : JSON.stringify(node.value);
    case 'Identifier':
      return node.name;
    case 'UnaryExpression':
      return `(${node.operator}${writtenByJsep(node.argument)})`;
    case 'BinaryExpression':
      return `(${writtenByJsep(node.left)} ${node.operator} ${writtenByJsep(node.right)})`;
    case 'ConditionalExpression':
      return `(${[node.test, node.consequent, node.alternate]
        .map(writtenByJsep)
        .join(' ? ')
        .replace(/ \? (?!.* \? )/s, ' : ')})`;
    default:
      return `${writtenByJsep(node.callee)}(${node.arguments.map(writtenByJsep).join(', ')})`;
  }
}

describe('the grammar of expressions', () => {
  it.each([
    ['a', 'a'],
    ['größe_2 * $x', '(größe_2 * $x)'],
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['a > 1 && b == 2 || !c', '(((a > 1) && (b == 2)) || (!c))'],
    ['- -a', '(-(-a))'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['(a ? b : c) + 1', '((a ? b : c) + 1)'],
    ["round(a, 2, 'half-up')", 'round(a, 2, "half-up")'],
    ["col('Cost $') * 0.10", '(Cost $ * 0.10)'],
    ["'it\\'s\\n\\q'", '"it\'s\\nq"'],
    ['"x"', '"x"'],
    ['true == null', '(true == null)'],
    [' .5 + 5. + 1e3 ', '((0.5 + 5) + 1000)'],
    ['a\n+ b', '(a + b)'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
  ])('reads %s as %s', (text, expected) => {
    expect(written(parseExpression(text))).toBe(expected);
  });

  it.each([
    ['', 'got the end at character 1 of "", expected a column, a number, a text, a function or a "("'],
    ['a +', 'got the end at character 4 of "a +", expected a column'],
    ["a 'b'", 'got "b" at character 3 of "a \'b\'", expected an operator or the end'],
    [
      'unit price * 2',
      'got "price" at character 6 of "unit price * 2", expected an operator or the end: use col(\'unit price\') for a name with spaces',
    ],
    ['a = 1', 'got "=" at character 3 of "a = 1", expected an operator or the end: use =='],
    ['a === 1', 'got "===" at character 3 of "a === 1", expected an operator or the end: use =='],
    ['a <> 1', 'got "<>" at character 3 of "a <> 1", expected an operator or the end: use !='],
    ['a and b', 'got "and" at character 3 of "a and b", expected an operator or the end: use &&'],
    ['a > 1 OR b', 'got "OR" at character 7 of "a > 1 OR b", expected an operator or the end: use ||'],
    ['not a', 'got "a" at character 5 of "not a", expected an operator or the end: use !'],
    ['not(a)', 'got the unknown function not at character 1 of "not(a)", expected use !'],
    ['a == 2 b', 'got "b" at character 8 of "a == 2 b", expected an operator or the end'],
    ['a ?? b', 'got "??" at character 3'],
    ['a & b', 'got "&" at character 3'],
    ['a.b', 'got "." at character 2'],
    ['a[0]', 'got "[" at character 2'],
    ['[1]', 'got "[" at character 1'],
    ['`x`', 'got "`" at character 1'],
    ['a; b', 'got ";" at character 2'],
    ['(a', 'got the end at character 3 of "(a", expected ")"'],
    ['a ? b', 'got the end at character 6 of "a ? b", expected ":"'],
    ['a)', 'got ")" at character 2'],
    ['min(a b)', 'got "b" at character 7 of "min(a b)", expected "," or ")"'],
    ['min(a,)', 'got ")" at character 7 of "min(a,)", expected a column'],
    ['this', 'got "this" at character 1 of "this", expected a column; one of that name is col(\'this\')'],
    ['eval(a)', 'got the unknown function eval at character 1 of "eval(a)", expected one of round, div'],
    ['rond(a)', 'got the unknown function rond at character 1 of "rond(a)", expected round'],
    ['constructor(a)', 'got the unknown function constructor'],
    [
      'col(a)',
      'got a call of col at character 1 of "col(a)", expected one column name in quotes, as in col(\'Cost $\')',
    ],
    ["col('a', 'b')", 'got a call of col at character 1'],
    ['col()', 'got a call of col at character 1'],
    ["'open", 'got a quote that is never closed at character 1 of "\'open", expected another \' after it'],
    ["'open\\", 'got a quote that is never closed at character 1'],
    ['2a', 'got "2a" at character 1 of "2a", expected a number or a name'],
    ['1e5000', 'got 1e5000 at character 1 of "1e5000", expected a number of fewer digits'],
    [`${'('.repeat(101)}a`, 'expected at most 100 expressions inside each other'],
    [`${'-'.repeat(101)}a`, 'expected at most 100 expressions inside each other'],
    ['a+'.repeat(2501), 'got more text at character 5001'],
  ])('refuses %s', (text, message) => {
    expect(() => parseExpression(text)).toThrow(message);
  });

  it('says where each column stands', () => {
    const found = columnsOf(parseExpression("a + (b ? -c : round(col('d e'), 1)) + 'x'"));
    expect(found.map(({ name, position }) => [name, position])).toEqual([
      ['a', 1],
      ['b', 6],
      ['c', 11],
      ['d e', 21],
    ]);
  });

  it('groups as jsep does', () => {
    const leaf = fc.constantFrom('a', 'b', '1', '2.5', "'x'", 'true', 'null');
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(tie('tree'), fc.constantFrom(...BINARY_OPERATORS), tie('tree'))
          .map((parts) => parts.join(' ')),
        fc
          .tuple(fc.constantFrom('-', '!', '+'), tie('tree'))
          .map(([operator, operand]) => `${operator} ${operand}`),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `min(${a}, ${b})`),
        tie('tree').map((inner) => `(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(tree, (text) => expect(written(parseExpression(text))).toBe(writtenByJsep(jsep(text)))),
      { numRuns: 300 },
    );
  });

  it('answers every text with a tree or an ExpressionError, and runs none', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('a', '1', '(', ')', '+', "'", ',', '?', ':', '.', ' ', '\\') }),
    );
    fc.assert(
      fc.property(text, (one) => {
        try {
          parseExpression(one);
        } catch (error) {
          expect((error as Error).name).toBe('ExpressionError');
        }
      }),
      { numRuns: 500 },
    );
  });
});
