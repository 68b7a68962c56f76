import { isPlainNumber } from './cell-values';
import type { ParquetColumn } from './column-type';
import type { FieldSpec } from '../../spec/table-schema';
import { FALSE_VALUES, TRUE_VALUES } from '../../spec/values/boolean';
import { calendarLayout } from '../kernel/calendar-layout';
import type { KernelMemory } from '../kernel/kernel-memory';
import { MOST_WORD_BYTES, type WordTable, wordTable } from '../kernel/word-table';
import { words } from '../kernel/words';
import { fixedLayout } from '../types/numeric-date';

/** Kinds of columns, see column.ts of the assembly. */
const KINDS = {
  text: 0,
  host: 1,
  integer: 2,
  decimal: 3,
  boolean: 4,
  date: 5,
  time: 6,
  timestamp: 7,
} as const;

/** How the kernel reads the values of a column from its cells. */
export interface KernelValues {
  readonly kind: number;
  readonly a: number;
  /** Address of a table. */
  readonly table: number;
}

/** Digits of an integer that the kernel reads, and of a year, which is a safe integer. */
const INTEGER_DIGITS = 16;
const YEAR_DIGITS = 15;

const MOST_INT64 = 2n ** 63n - 1n;

/** Patterns of the default formats. */
const ISO = { date: '%Y-%m-%d', time: '%H:%M:%S', timestamp: '%Y-%m-%dT%H:%M:%SZ' } as const;
/** Places of minute and second in a layout, see moments.ts of the assembly. */
const MINUTE = 8;
const SECOND = 9;
const ABSENT = 255;

/** What the kernel reads by itself; cells of any other kind of column are all left to the host. */
export function kernelValues({ field, type }: ParquetColumn, memory: KernelMemory): KernelValues {
  if (!type.write) return plainly('text');
  switch (field.type) {
    case 'integer':
      return isPlainNumber(field) ? plainly('integer', INTEGER_DIGITS) : plainly('host');
    case 'year':
      return plainly('integer', YEAR_DIGITS);
    case 'number': {
      const { precision, scale } = type.decimal!;
      const table = isPlainNumber(field) ? decimalTable(precision, scale) : undefined;
      return withTable('decimal', table, memory, scale);
    }
    case 'boolean':
      return withTable('boolean', booleanTable(field, memory), memory);
    case 'date':
      return withTable('date', calendarTable(field, ISO.date, 'day'), memory);
    case 'time':
      return withTable('time', calendarTable(field, ISO.time, 'any-day'), memory);
    default:
      return withTable('timestamp', calendarTable(field, ISO.timestamp, 'day'), memory);
  }
}

function plainly(kind: keyof typeof KINDS, a = 0): KernelValues {
  return { kind: KINDS[kind], a, table: 0 };
}

function withTable(
  kind: keyof typeof KINDS,
  table: Buffer | undefined,
  memory: KernelMemory,
  a = 0,
): KernelValues {
  return table ? { kind: KINDS[kind], a, table: memory.store(table) } : plainly('host');
}

/**
 * For each number of zeros that a cell may lack to the scale: the power of ten, and the greatest coefficient that the
 * column holds then; -1 where the power itself is too large.
 */
function decimalTable(precision: number, scale: number): Buffer {
  const table = Buffer.alloc((scale + 1) * 16);
  for (let zeros = 0; zeros <= scale; zeros++) {
    const power = 10n ** BigInt(zeros);
    const most = 10n ** BigInt(precision - zeros) - 1n;
    const fits = power <= MOST_INT64;
    table.writeBigInt64LE(fits ? power : 0n, zeros * 16);
    table.writeBigInt64LE(fits ? (most < MOST_INT64 ? most : MOST_INT64) : -1n, zeros * 16 + 8);
  }
  return table;
}

function booleanTable(
  { trueValues = TRUE_VALUES, falseValues = FALSE_VALUES }: FieldSpec,
  memory: KernelMemory,
): Buffer | undefined {
  const known = [trueValues, falseValues].map((list) =>
    wordTable(list.filter((word) => word !== '' && Buffer.byteLength(word) <= MOST_WORD_BYTES)),
  );
  if (!known.every((table): table is WordTable => table !== undefined)) return undefined;
  return words(known.flatMap(({ data, mask, factor }) => [memory.store(data), mask, factor]));
}

/** A layout with minute and second; undefined where a date is wanted and not all of it is written. */
function calendarTable({ format }: FieldSpec, iso: string, needs: 'day' | 'any-day'): Buffer | undefined {
  const pattern = format === 'default' || format === 'any' ? iso : format;
  const table = calendarLayout(pattern);
  if (!table) return undefined;
  const { pieces } = fixedLayout(pattern)!;
  const placeOf = (directive: string) => pieces.find((piece) => piece.directive === directive)?.offset;
  if (needs === 'day' && !['Y', 'm', 'd'].every((part) => placeOf(part) !== undefined)) return undefined;
  table[MINUTE] = placeOf('M') ?? ABSENT;
  table[SECOND] = placeOf('S') ?? ABSENT;
  return table;
}
