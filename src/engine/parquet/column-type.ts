import {
  booleanValue,
  dateValue,
  decimalValue,
  int64Value,
  timestampValue,
  timeValue,
  type WriteValue,
  yearValue,
} from './cell-values';
import { BOOLEAN, BYTE_ARRAY, FIXED_DECIMAL, INT32, INT64, type PhysicalType } from './physical-type';
import { ThriftStruct } from './thrift';
import { DECIMAL_DIGITS } from '../../spec/check-output';
import { compileDateFormat } from '../../spec/dates';
import type { OutputColumn } from '../../spec/output-columns';
import type { ParquetOutputSpec } from '../../spec/output-spec';
import type { FieldSpec } from '../../spec/table-schema';

/** A column of a file. */
export interface ParquetColumn {
  readonly name: string;
  readonly field: FieldSpec;
  readonly type: ColumnType;
}

/** How a column is stored. */
export interface ColumnType {
  readonly physical: PhysicalType;
  /** What the bytes mean: `converted_type` for older readers, and `logicalType` as a union with one field. */
  readonly converted?: number;
  readonly logical?: ThriftStruct;
  readonly decimal?: { readonly precision: number; readonly scale: number };
  /** Absent: the bytes of the cell are the value. */
  readonly write?: WriteValue;
}

const MICROS = () => new ThriftStruct().struct(2, new ThriftStruct());

/** TIME and TIMESTAMP have the same two parts. */
function timeType(adjustedToUtc: boolean): ThriftStruct {
  return new ThriftStruct().flag(1, adjustedToUtc).struct(2, MICROS());
}

/** The column of Parquet that holds the values of a column (https://parquet.apache.org/docs/file-format/types/). */
export function parquetColumn({ field, scale }: OutputColumn, spec: ParquetOutputSpec): ParquetColumn {
  return { name: field.name, field, type: columnType(field, scale, spec) };
}

function columnType(field: FieldSpec, scale: number | undefined, spec: ParquetOutputSpec): ColumnType {
  switch (field.type) {
    case 'integer':
      return { physical: INT64, write: int64Value(field) };
    case 'year':
      return { physical: INT64, write: yearValue };
    case 'number':
      return decimalType(field, Math.min(scale ?? spec.decimalScale, DECIMAL_DIGITS), spec.decimalPrecision);
    case 'boolean':
      return { physical: BOOLEAN, write: booleanValue(field) };
    case 'date':
      return {
        physical: INT32,
        converted: 6,
        logical: new ThriftStruct().struct(6, new ThriftStruct()),
        write: dateValue(field),
      };
    case 'time':
      return {
        physical: INT64,
        logical: new ThriftStruct().struct(7, timeType(false)),
        write: timeValue(field),
      };
    case 'datetime':
      return timestampType(field);
    default:
      return {
        physical: BYTE_ARRAY,
        converted: 0,
        logical: new ThriftStruct().struct(1, new ThriftStruct()),
      };
  }
}

/** Digits that integers of a width always hold. */
const INT32_DIGITS = 9;
const INT64_DIGITS = 18;

function decimalType(field: FieldSpec, scale: number, digits: number): ColumnType {
  // A scale that a transform states may be greater than all of the digits.
  const precision = Math.max(digits, scale);
  const physical = precision <= INT32_DIGITS ? INT32 : precision <= INT64_DIGITS ? INT64 : FIXED_DECIMAL;
  return {
    physical,
    converted: 5,
    logical: new ThriftStruct().struct(5, new ThriftStruct().i32(1, scale).i32(2, precision)),
    decimal: { precision, scale },
    write: decimalValue(field, precision, scale, physical),
  };
}

/** An instant, but for formats without an offset: their times are those of some clock. */
function timestampType(field: FieldSpec): ColumnType {
  const local =
    field.format !== 'default' &&
    field.format !== 'any' &&
    !compileDateFormat(field.format).parts.has('offsetMinutes');
  return {
    physical: INT64,
    ...(!local && { converted: 10 }),
    logical: new ThriftStruct().struct(8, timeType(!local)),
    write: timestampValue(field),
  };
}
