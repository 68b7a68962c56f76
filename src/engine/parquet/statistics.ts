import type { Bounds } from './bounds';
import { BYTE_ARRAY, type PhysicalType } from './physical-type';
import { ThriftStruct } from './thrift';

/** Longer bounds would swell the footer, which readers hold as a whole: they are cut. */
const LONGEST_BOUND = 64;

const LAST_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const BEHIND_SURROGATES = 0xe000;

/**
 * Count of nulls, and the least and greatest value: what lets readers pass over a row group. A text that is cut is still a
 * bound: the least one by being cut, the greatest one by a last character that is greater than the one that stood there.
 */
export function statisticsOf(type: PhysicalType, nulls: number, bounds: Bounds | undefined): ThriftStruct {
  const statistics = new ThriftStruct().i64(3, nulls);
  if (!bounds) return statistics;
  const { least, greatest } = bounds;
  const isCut = (bound: Buffer) => type === BYTE_ARRAY && bound.length > LONGEST_BOUND;
  const most = isCut(greatest) ? nextText(greatest) : greatest;
  return statistics
    .binary(5, most)
    .binary(6, isCut(least) ? least.subarray(0, endOfCharacters(least)) : least)
    .flag(7, most && !isCut(greatest))
    .flag(8, !isCut(least));
}

/** Where the last whole character ends that a bound has room for. */
function endOfCharacters(text: Buffer): number {
  let end = LONGEST_BOUND;
  while ((text[end] & 0xc0) === 0x80) end--;
  return end;
}

/** A text of at most LONGEST_BOUND bytes that comes behind all that begin as this one does; undefined where none does. */
function nextText(text: Buffer): Buffer | undefined {
  const characters = [...text.toString('utf8', 0, endOfCharacters(text))];
  for (let last = characters.length - 1; last >= 0; last--) {
    const point = characters[last].codePointAt(0)! + 1;
    if (point > LAST_CODE_POINT) continue;
    const next = String.fromCodePoint(point === FIRST_SURROGATE ? BEHIND_SURROGATES : point);
    const bound = Buffer.from(characters.slice(0, last).join('') + next);
    if (bound.length <= LONGEST_BOUND) return bound;
  }
  return undefined;
}
