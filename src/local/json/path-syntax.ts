import { parseFilter, type Filter } from './filter';
import { TextReader } from './text-reader';

/** One step of a JsonPath. */
export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'slice'; readonly start?: number; readonly end?: number; readonly stride: number }
  | { readonly kind: 'union'; readonly members: readonly Selector[] }
  | { readonly kind: 'filter'; readonly expression: Filter }
  | { readonly kind: 'descendants'; readonly selector: Selector };

/** Characters that end a name after a dot. */
const NAME = /[^.[\]()\s,'"=!<>&|?@*]/;

/** Reads a whole path, from its `$` to its end. */
export function parsePath(text: string): Selector[] {
  const reader = new TextReader(text);
  reader.expect('$');
  const selectors = parseSelectors(reader);
  if (!reader.atEnd) throw reader.error('is not JsonPath');
  return selectors;
}

/** Reads `.name`, `['name']`, `[0]`, `[*]`, `..name`, `[1:3]`, `[0,2]` and `[?(...)]` as long as they go on. */
export function parseSelectors(reader: TextReader): Selector[] {
  const selectors: Selector[] = [];
  for (;;) {
    if (reader.accept('..')) {
      const selector = reader.accept('[') ? parseBracket(reader) : parseDotted(reader);
      selectors.push({ kind: 'descendants', selector });
    } else if (reader.accept('.')) {
      selectors.push(parseDotted(reader));
    } else if (reader.accept('[')) {
      selectors.push(parseBracket(reader));
    } else {
      return selectors;
    }
  }
}

function parseDotted(reader: TextReader): Selector {
  if (reader.accept('*')) return { kind: 'wildcard' };
  const name = reader.takeWhile(NAME);
  if (name === '') throw reader.error('has no name after its dot');
  if (reader.peek() === '(') {
    throw reader.error(`calls the function ${name}(), which Step Functions does not have`);
  }
  return { kind: 'name', name };
}

function parseBracket(reader: TextReader): Selector {
  reader.skipSpace();
  if (reader.accept('?')) {
    reader.expect('(');
    const expression = parseFilter(reader);
    reader.expect(')');
    closeBracket(reader);
    return { kind: 'filter', expression };
  }
  const members: Selector[] = [];
  do {
    members.push(parseMember(reader));
    reader.skipSpace();
  } while (reader.accept(','));
  closeBracket(reader);
  return members.length === 1 ? members[0] : { kind: 'union', members };
}

function closeBracket(reader: TextReader): void {
  reader.skipSpace();
  reader.expect(']');
}

function parseMember(reader: TextReader): Selector {
  reader.skipSpace();
  if (reader.accept('*')) return { kind: 'wildcard' };
  const quoted = reader.acceptQuoted();
  if (quoted !== undefined) return { kind: 'name', name: quoted };
  const start = integer(reader);
  if (!reader.accept(':')) {
    if (start === undefined) throw reader.error('has neither a name in quotes nor a number in its brackets');
    return { kind: 'index', index: start };
  }
  const end = integer(reader);
  const stride = reader.accept(':') ? (integer(reader) ?? 1) : 1;
  if (stride < 1) throw reader.error('has a slice whose step is not positive');
  return { kind: 'slice', start, end, stride };
}

function integer(reader: TextReader): number | undefined {
  const digits = reader.takeWhile(/[-0-9]/);
  if (digits === '') return undefined;
  if (!/^-?\d+$/.test(digits)) throw reader.error(`has '${digits}' where a whole number belongs`);
  return Number(digits);
}
