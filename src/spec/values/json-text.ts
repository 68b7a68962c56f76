/**
 * Brackets that a value may have inside each other. Whoever walks through a value calls itself for each of them, and a
 * cell made of brackets alone must not end in a stack that is too small.
 */
const MOST_DEPTH = 200;

/** Reads a text as JSON (RFC 8259); undefined where it is none, or is nested deeper than 200 levels. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Brackets inside of texts count as well: such a text is as deep as no data is. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/** One text for all texts of a JSON value: members of objects in the order of their names. */
export function jsonKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonKey).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jsonKey(member)}`).join(',')}}`;
}
