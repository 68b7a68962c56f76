import { parseDecimal } from '../decimal/decimal';
import { nearName } from '../near-name';
import {
  ExpressionError,
  type BinaryOperator,
  type CallNode,
  type ColumnNode,
  type ExpressionNode,
  type Value,
} from './expression';
import { FUNCTIONS, isFunctionName } from './functions';
import { tokensOf, type Token } from './tokens';

/** How tightly each operator binds; numbers as in jsep, whose grammar this is a subset of. */
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 6,
  '!=': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

const CONSTANTS: Readonly<Record<string, Value>> = { true: true, false: false, null: null };

/** Bounds on what one expression can cost to read; far above what a person writes. */
const MAX_LENGTH = 5000;
const MAX_DEPTH = 100;

/** Operators of SQL, Python and others that this grammar writes otherwise. */
const OTHER_OPERATORS: Readonly<Record<string, string>> = {
  '=': 'use ==',
  '===': 'use ==',
  '<>': 'use !=',
  '!==': 'use !=',
  and: 'use &&',
  or: 'use ||',
  not: 'use !',
  '&': 'use &&',
  '|': 'use ||',
};

const OPERAND = 'a column, a number, a text, a function or a "("';

/**
 * Parses an expression: the grammar of jsep (https://ericsmekens.github.io/jsep/) without member access, arrays, `this`
 * and bitwise operators. Numbers are read as exact decimals. Throws ExpressionError.
 */
export function parseExpression(text: string): ExpressionNode {
  if (text.length > MAX_LENGTH) {
    throw new ExpressionError(
      `${text.slice(0, 40)}...`,
      MAX_LENGTH + 1,
      'more text',
      `at most ${MAX_LENGTH} characters`,
    );
  }
  return new Parser(text).parse();
}

class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  parse(): ExpressionNode {
    const node = this.expression();
    if (this.token.kind !== 'end') this.fail('an operator or the end');
    return node;
  }

  private get token(): Token {
    return this.tokens[this.next];
  }

  private expression(): ExpressionNode {
    if (++this.depth > MAX_DEPTH) this.fail(`at most ${MAX_DEPTH} expressions inside each other`);
    const test = this.binary(0);
    const { position } = this.token;
    let node = test;
    if (this.take('?')) {
      const consequent = this.expression();
      this.need(':');
      node = { kind: 'conditional', position, test, consequent, alternate: this.expression() };
    }
    this.depth--;
    return node;
  }

  /** An expression of operators that bind tighter than `above`; operators of one precedence group to the left. */
  private binary(above: number): ExpressionNode {
    let left = this.unary();
    for (let operator = this.operator(above); operator !== undefined; operator = this.operator(above)) {
      const { position } = this.token;
      this.next++;
      left = { kind: 'binary', operator, position, left, right: this.binary(PRECEDENCE[operator]) };
    }
    return left;
  }

  private operator(above: number): BinaryOperator | undefined {
    const { kind, text } = this.token;
    if (kind !== 'symbol' || !Object.hasOwn(PRECEDENCE, text)) return undefined;
    const operator = text as BinaryOperator;
    return PRECEDENCE[operator] > above ? operator : undefined;
  }

  private unary(): ExpressionNode {
    const { kind, text, position } = this.token;
    if (kind !== 'symbol' || (text !== '-' && text !== '+' && text !== '!')) return this.operand();
    if (++this.depth > MAX_DEPTH) this.fail(`at most ${MAX_DEPTH} expressions inside each other`);
    this.next++;
    const node: ExpressionNode = { kind: 'unary', operator: text, position, operand: this.unary() };
    this.depth--;
    return node;
  }

  private operand(): ExpressionNode {
    const { kind, text, position } = this.token;
    if (this.take('(')) {
      const node = this.expression();
      this.need(')');
      return node;
    }
    if (kind === 'symbol' || kind === 'end') this.fail(OPERAND);
    this.next++;
    if (kind === 'text') return { kind: 'literal', position, value: text };
    if (kind === 'number') return { kind: 'literal', position, value: this.number(text, position) };
    if (this.take('(')) return this.call(text, position);
    if (Object.hasOwn(CONSTANTS, text)) return { kind: 'literal', position, value: CONSTANTS[text] };
    if (text === 'this') {
      throw new ExpressionError(this.text, position, '"this"', "a column; one of that name is col('this')");
    }
    return { kind: 'column', position, name: text };
  }

  private number(text: string, position: number): Value {
    const value = parseDecimal(text);
    if (!value) throw new ExpressionError(this.text, position, text, 'a number of fewer digits');
    return value;
  }

  /** A call whose `(` has been read. */
  private call(name: string, position: number): CallNode | ColumnNode {
    const values: ExpressionNode[] = [];
    while (!this.take(')')) {
      if (values.length > 0) this.need(',', '"," or ")"');
      values.push(this.expression());
    }
    if (name === 'col') return this.column(values, position);
    if (isFunctionName(name)) return { kind: 'call', name, position, arguments: values };
    const names = Object.keys(FUNCTIONS);
    const expected = otherOperator(name) ?? nearName(name, names) ?? `one of ${names.join(', ')}`;
    throw new ExpressionError(this.text, position, `the unknown function ${name}`, expected);
  }

  /** `col('any name')`, for columns whose names are no identifiers. */
  private column(values: readonly ExpressionNode[], position: number): ColumnNode {
    const [name] = values;
    if (values.length === 1 && name.kind === 'literal' && typeof name.value === 'string') {
      return { kind: 'column', position, name: name.value };
    }
    throw new ExpressionError(
      this.text,
      position,
      'a call of col',
      "one column name in quotes, as in col('Cost $')",
    );
  }

  private take(symbol: string): boolean {
    const taken = this.token.kind === 'symbol' && this.token.text === symbol;
    if (taken) this.next++;
    return taken;
  }

  private need(symbol: string, expected = `"${symbol}"`): void {
    if (!this.take(symbol)) this.fail(expected);
  }

  private fail(expected: string): never {
    const { kind, text, position } = this.token;
    const got = kind === 'end' ? 'the end' : JSON.stringify(text);
    const hint = this.hint();
    throw new ExpressionError(
      this.text,
      position,
      got,
      hint === undefined ? expected : `${expected}: ${hint}`,
    );
  }

  /** What was most likely meant where the token does not fit. */
  private hint(): string | undefined {
    const { kind, text } = this.token;
    if (kind === 'text') return undefined;
    const other = otherOperator(text);
    const before = this.tokens[this.next - 1];
    if (other !== undefined || kind !== 'name' || before?.kind !== 'name') return other;
    const operator = otherOperator(before.text);
    if (operator !== undefined) return operator;
    return `use col('${before.text} ${text}') for a name with spaces`;
  }
}

function otherOperator(text: string): string | undefined {
  const name = text.toLowerCase();
  return Object.hasOwn(OTHER_OPERATORS, name) ? OTHER_OPERATORS[name] : undefined;
}
