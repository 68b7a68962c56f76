import { isInTextOrder } from './dates/text-order';
import { shown } from './spec-error';
import type { FieldSpec } from './table-schema';

/** How the cells of a column are written. Transforms change it; a field of the schema says how it begins. */
export type WrittenCells = Pick<FieldSpec, 'type' | 'format' | 'decimalChar' | 'groupChar' | 'bareNumber'>;

type NotationProperty = 'decimalChar' | 'groupChar' | 'bareNumber';

/** The properties of a number that an expression, which reads plain decimals alone, would not read as the schema does. */
export function notationOf({ decimalChar, groupChar, bareNumber }: WrittenCells): NotationProperty[] {
  return [
    ...(decimalChar !== undefined && decimalChar !== '.' ? ['decimalChar' as const] : []),
    ...(groupChar !== undefined ? ['groupChar' as const] : []),
    ...(bareNumber === false ? ['bareNumber' as const] : []),
  ];
}

const CALENDAR_TYPES: ReadonlySet<string> = new Set(['date', 'time', 'datetime']);

/** Whether comparing the cells as texts would not put them in the order of their times. */
export function isOutOfOrder({ type, format }: WrittenCells): boolean {
  return CALENDAR_TYPES.has(type) && format !== 'default' && !isInTextOrder(format);
}

/** `decimalChar "," and groupChar "."`. */
export function notationText(cells: WrittenCells): string {
  return notationOf(cells)
    .map((property) => `${property} ${shown(cells[property])}`)
    .join(' and ');
}

/** The cast that makes plain decimals of a number in its notation. */
export function numberCast(column: string, cells: WrittenCells): string {
  const options = notationOf(cells).map((property) => `${property}: ${inCode(cells[property])}`);
  const type = cells.type === 'integer' ? 'INTEGER' : 'NUMBER';
  return `Transform.cast(${inCode(column)}, CastType.${type}, { ${options.join(', ')} })`;
}

/** What gives times of a format texts that stand in their order. */
export function dateCast(column: string, { type, format }: WrittenCells): string {
  if (format === 'any') return 'a schema with one format, since texts in several have no order';
  if (type === 'time') {
    return `Transform.formatDate(${inCode(column)}, ${inCode(format)}, '%H:%M:%S') before it`;
  }
  const to = type.toUpperCase();
  return `Transform.cast(${inCode(column)}, CastType.${to}, { inputFormat: ${inCode(format)} }) before it`;
}

/** A value as it is written in code. */
function inCode(value: string | boolean | undefined): string {
  return typeof value === 'string' && !/['\\]/.test(value) ? `'${value}'` : JSON.stringify(value);
}
