import type { ConstraintRule } from './constraint';
import type { FieldType } from '../../spec/table-schema';

/** Unicode code points of UTF-8 text: all bytes but those that continue a character. */
function codePoints(data: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if ((data[at] & 0xc0) !== 0x80) count++;
  }
  return count;
}

/** What a length counts, by what the cells are. */
function counted(type: FieldType): string {
  return type === 'string' ? 'characters' : type === 'object' ? 'members' : 'items';
}

export const minLength: ConstraintRule = ({ type, constraints: { minLength: least } }, { length }) =>
  least === undefined
    ? undefined
    : {
        message: `must have at least ${least} ${counted(type)}`,
        needsValue: length !== undefined,
        holds: (data, start, end, value) => (length ? length(value) : codePoints(data, start, end)) >= least,
      };

export const maxLength: ConstraintRule = ({ type, constraints: { maxLength: most } }, { length }) =>
  most === undefined
    ? undefined
    : {
        message: `must have at most ${most} ${counted(type)}`,
        needsValue: length !== undefined,
        holds: (data, start, end, value) => {
          if (length) return length(value) <= most;
          // Bytes are never fewer than characters.
          return end - start <= most || codePoints(data, start, end) <= most;
        },
      };
