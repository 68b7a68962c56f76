import { itemSize } from 'dynalite/db';

/** Bytes of an item, names and values together (DynamoDB quotas). */
export const MAX_ITEM_BYTES = 400 * 1024;

type Value = Readonly<Record<string, any>>;

/** Bytes of an item as DynamoDB counts them: names and texts in UTF-8, which the engine takes by their characters. */
export function bytesOf(item: Readonly<Record<string, Value>>): number {
  return itemSize(item) + uncountedInMap(item);
}

function uncountedInMap(map: Readonly<Record<string, Value>>): number {
  return Object.entries(map).reduce((sum, [name, value]) => sum + beyondOne(name) + uncounted(value), 0);
}

function uncounted({ S, SS, L, M }: Value): number {
  if (S !== undefined) return beyondOne(S as string);
  if (M !== undefined) return uncountedInMap(M as Record<string, Value>);
  if (SS !== undefined) return (SS as string[]).reduce((sum, text) => sum + beyondOne(text), 0);
  return ((L ?? []) as Value[]).reduce((sum, value) => sum + uncounted(value), 0);
}

/** Bytes of a text beyond one a character. */
function beyondOne(text: string): number {
  return Buffer.byteLength(text, 'utf8') - text.length;
}
