import { INTRINSIC_FUNCTIONS } from './intrinsic-functions';
import { compilePath, type JsonPath } from '../../json/json-path';
import { TextReader } from '../../json/text-reader';
import { NotProvidedError } from '../../services';

/** An argument of an intrinsic function. */
export type Argument =
  | { readonly kind: 'path'; readonly isContext: boolean; readonly path: JsonPath }
  /** `raw` still has its backslashes: States.Format must tell `\{}` from `{}`. */
  | { readonly kind: 'text'; readonly raw: string }
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  | { readonly kind: 'call'; readonly call: IntrinsicCall };

export interface IntrinsicCall {
  /** The call as the definition writes it; AWS's messages repeat it. */
  readonly text: string;
  readonly name: string;
  readonly args: readonly Argument[];
}

/** AWS nests calls up to ten deep. */
const DEEPEST = 10;
const LITERALS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/**
 * Reads a whole intrinsic call such as `States.Format('{}', $.name)`. Throws a PathSyntaxError, or a
 * NotProvidedError for a function that is not known.
 *
 * @see https://states-language.net/spec.html#intrinsic-functions
 */
export function parseIntrinsic(text: string): IntrinsicCall {
  const reader = new TextReader(text);
  const call = parseCall(reader, 1);
  reader.skipSpace();
  if (!reader.atEnd) throw reader.error('goes on after the end of its function');
  return call;
}

function parseCall(reader: TextReader, depth: number): IntrinsicCall {
  if (depth > DEEPEST) throw reader.error(`nests functions more than ${DEEPEST} deep`);
  reader.skipSpace();
  const start = reader.offset;
  const name = reader.takeWhile(/[\w.]/);
  const intrinsic = Object.hasOwn(INTRINSIC_FUNCTIONS, name) ? INTRINSIC_FUNCTIONS[name] : undefined;
  if (!intrinsic) throw new NotProvidedError(`the intrinsic function '${name}' in '${reader.text}'`);
  reader.expect('(');
  const args: Argument[] = [];
  reader.skipSpace();
  if (!reader.accept(')')) {
    do {
      args.push(parseArgument(reader, depth));
      reader.skipSpace();
    } while (reader.accept(','));
    reader.expect(')');
  }
  const [fewest, most] = intrinsic.arity;
  if (args.length < fewest || args.length > most) {
    const expected = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
    throw reader.error(`calls ${name} with ${args.length} arguments where it takes ${expected}`);
  }
  return { text: reader.text.slice(start, reader.offset), name, args };
}

function parseArgument(reader: TextReader, depth: number): Argument {
  reader.skipSpace();
  switch (reader.peek()) {
    case '$':
      return parsePathArgument(reader);
    case "'":
      return parseText(reader);
    case 'S':
      return { kind: 'call', call: parseCall(reader, depth + 1) };
  }
  const word = reader.takeWhile(/[-+.\w]/);
  if (Object.hasOwn(LITERALS, word)) return { kind: 'literal', value: LITERALS[word] };
  if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(word)) {
    throw reader.error(`has an argument that is no path, text in single quotes, number or function`);
  }
  return { kind: 'literal', value: Number(word) };
}

/** A path goes on to the comma or parenthesis that is not inside its own brackets or quotes. */
function parsePathArgument(reader: TextReader): Argument {
  let depth = 0;
  let text = '';
  while (!reader.atEnd && (depth > 0 || !/[,)\s]/.test(reader.peek()))) {
    const quoted = depth > 0 ? acceptQuotedAsWritten(reader) : undefined;
    if (quoted === undefined) {
      const character = reader.peek();
      if (character === '[') depth++;
      if (character === ']') depth--;
      reader.accept(character);
      text += character;
    } else {
      text += quoted;
    }
  }
  const isContext = text.startsWith('$$');
  return { kind: 'path', isContext, path: compilePath(isContext ? text.slice(1) : text) };
}

function acceptQuotedAsWritten(reader: TextReader): string | undefined {
  const start = reader.offset;
  return reader.acceptQuoted() === undefined ? undefined : reader.text.slice(start, reader.offset);
}

function parseText(reader: TextReader): Argument {
  reader.expect("'");
  let raw = '';
  while (!reader.accept("'")) {
    if (reader.accept('\\')) {
      const escaped = reader.peek();
      if (!/['{}\\]/.test(escaped)) throw reader.error('has a backslash before a character that needs none');
      raw += '\\';
    }
    if (reader.atEnd) throw reader.error('has a quote that is never closed');
    const character = reader.peek();
    reader.accept(character);
    raw += character;
  }
  return { kind: 'text', raw };
}

/** A text without the backslashes that protect its quotes, braces and backslashes. */
export function unescapeText(raw: string): string {
  return raw.replace(/\\(['{}\\])/g, '$1');
}
