/** What a page of a listing may hold. */
export interface ListParameters {
  readonly prefix: string;
  /** Keys that have it after the prefix are rolled up into one common prefix; empty for none. */
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Key or common prefix after which the page begins; empty for the start. */
  readonly after: string;
}

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly prefixes: readonly string[];
  /** Key or common prefix that the page ends with, where more follows. */
  readonly next: string | undefined;
}

/** Takes a page of entries that are sorted by the UTF-8 bytes of their keys. Common prefixes count as one key each. */
export function listPage<Entry extends { readonly key: string }>(
  sorted: readonly Entry[],
  { prefix, delimiter, maxKeys, after }: ListParameters,
): Page<Entry> {
  const entries: Entry[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  for (const entry of sorted) {
    if (!entry.key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : entry.key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : entry.key.slice(0, cut + delimiter.length);
    const position = common ?? entry.key;
    if (after !== '' && !isAfter(position, after)) continue;
    if (common !== undefined && common === prefixes.at(-1)) continue;
    if (entries.length + prefixes.length >= maxKeys) {
      return { entries, prefixes, next: maxKeys === 0 ? undefined : last };
    }
    if (common === undefined) entries.push(entry);
    else prefixes.push(common);
    last = position;
  }
  return { entries, prefixes, next: undefined };
}

function isAfter(position: string, after: string): boolean {
  return Buffer.compare(Buffer.from(position), Buffer.from(after)) > 0;
}
