import type { ColumnBuffer } from './column-buffer';
import { LENGTH_BYTES } from './physical-type';
import { ThriftStruct } from './thrift';

/** Bounds longer than that would swell the footer, which readers hold as a whole; they are left out. */
const LONGEST_BOUND = 64;

/** Count of nulls, and the least and greatest value: what lets readers pass over a row group. */
export function statisticsOf(column: ColumnBuffer): ThriftStruct {
  const nulls = column.levels.length - column.count;
  const [least, greatest] = [boundOf(column, column.least), boundOf(column, column.greatest)];
  const bounded = least !== undefined && greatest !== undefined;
  return new ThriftStruct()
    .i64(3, nulls)
    .binary(5, bounded ? greatest : undefined)
    .binary(6, bounded ? least : undefined);
}

function boundOf({ values: { data }, type }: ColumnBuffer, at: number): Buffer | undefined {
  if (at < 0) return undefined;
  const { width } = type.physical;
  if (width > 0) return data.subarray(at, at + width);
  const length = data.readUInt32LE(at);
  return length > LONGEST_BOUND ? undefined : data.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
}
