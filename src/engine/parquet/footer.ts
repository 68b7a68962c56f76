import type { ParquetColumn } from './column-type';
import { FIXED_DECIMAL } from './physical-type';
import { ThriftStruct } from './thrift';

const OPTIONAL = 1;
const CREATED_BY = 'serverless-csv-etl';

/** FileMetaData of Parquet's metadata (https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift). */
export function fileMetadata(
  columns: readonly ParquetColumn[],
  rowGroups: readonly Uint8Array[],
  rows: number,
): Buffer {
  const root = new ThriftStruct().text(4, 'schema').i32(5, columns.length).bytes;
  // Bounds are in the order of the columns' types; without this readers pass over them.
  const order = new ThriftStruct().struct(1, new ThriftStruct()).bytes;
  return new ThriftStruct()
    .i32(1, 2)
    .structs(2, [root, ...columns.map(schemaElement)])
    .i64(3, rows)
    .structs(4, rowGroups)
    .text(6, CREATED_BY)
    .structs(
      7,
      columns.map(() => order),
    ).bytes;
}

function schemaElement({ name, type }: ParquetColumn): Buffer {
  const { physical, converted, logical, decimal } = type;
  return new ThriftStruct()
    .i32(1, physical.id)
    .i32(2, physical === FIXED_DECIMAL ? physical.width : undefined)
    .i32(3, OPTIONAL)
    .text(4, name)
    .i32(6, converted)
    .i32(7, decimal?.scale)
    .i32(8, decimal?.precision)
    .struct(10, logical).bytes;
}
