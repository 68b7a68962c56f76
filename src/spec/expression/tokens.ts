import { ExpressionError } from './expression';

export type TokenKind = 'number' | 'text' | 'name' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As it stands in the expression; of a text its characters without quotes and escapes. */
  readonly text: string;
  /** Character of the expression, from 1. */
  readonly position: number;
}

const BLANKS = /\s*/uy;
const NUMBER = /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/uy;
const NAME = /[\p{ID_Start}_$][\p{ID_Continue}$]*/uy;
/** Longer symbols first. Those that the grammar does not have are read as one token too, so that errors show them whole. */
const SYMBOL = /===|!==|>>>|&&|\|\||\?\?|\?\.|\*\*|=>|==|!=|<=|>=|<>|<<|>>|[^]/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' };

/** Splits an expression into its tokens; the last one is `end`. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(expression)?.[0];
  };
  for (;;) {
    at += match(BLANKS)!.length;
    const position = at + 1;
    if (at === expression.length) return [...tokens, { kind: 'end', text: '', position }];
    const quote = expression[at];
    if (quote === "'" || quote === '"') {
      const { text, end } = quoted(expression, at);
      tokens.push({ kind: 'text', text, position });
      at = end;
      continue;
    }
    const number = match(NUMBER);
    const name = number === undefined ? match(NAME) : undefined;
    const text = number ?? name ?? match(SYMBOL)!;
    tokens.push({
      kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol',
      text,
      position,
    });
    at += text.length;
    if (number !== undefined && match(NAME) !== undefined) {
      throw new ExpressionError(expression, position, `"${number}${match(NAME)}"`, 'a number or a name');
    }
  }
}

/** Reads a text in quotes. */
function quoted(expression: string, start: number): { text: string; end: number } {
  const quote = expression[start];
  let text = '';
  for (let at = start + 1; at < expression.length; at++) {
    const character = expression[at];
    if (character === quote) return { text, end: at + 1 };
    if (character !== '\\') {
      text += character;
      continue;
    }
    const escaped = expression[++at] ?? '';
    text += ESCAPES[escaped] ?? escaped;
  }
  throw new ExpressionError(
    expression,
    start + 1,
    'a quote that is never closed',
    `another ${quote} after it`,
  );
}
