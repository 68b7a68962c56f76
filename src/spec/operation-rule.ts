import type { SpecReader } from './spec-reader';

/** Columns of a header; undefined where they are known at run time only. */
export type Columns = readonly string[] | undefined;

/** A column of an operation that does not fit the header. */
export interface ColumnProblem {
  readonly code: 'unknown-column' | 'duplicate-label';
  /** Property of the operation's spec that names the column. */
  readonly property: string;
  readonly column: string;
  /** The header that it does not fit. */
  readonly columns: readonly string[];
  /** Character of the expression in which the column stands. */
  readonly position?: number;
}

/** Told of every column that does not fit; may throw. */
export type ColumnReport = (problem: ColumnProblem) => void;

/** What there is to know of a transform or an enrichment before any row is read. The same at synth and at run time. */
export interface OperationRule<Spec> {
  /** Reads and checks the JSON form. */
  read(reader: SpecReader): Spec;
  /** The header after the operation. Columns are checked where they are known. */
  header(spec: Spec, columns: Columns, report: ColumnReport): Columns;
}

/** Reports a column that the header lacks. */
export function requireColumn(
  columns: Columns,
  property: string,
  column: string,
  report: ColumnReport,
): void {
  if (columns && !columns.includes(column)) report({ code: 'unknown-column', property, column, columns });
}

/** The header with one column more at its end; reports a column that is there already. */
export function appendColumn(
  columns: Columns,
  property: string,
  column: string,
  report: ColumnReport,
): Columns {
  if (columns?.includes(column)) report({ code: 'duplicate-label', property, column, columns });
  return columns && [...columns, column];
}
