import type { RowError } from '../batch';

/** Cells of REJECT_COLUMNS for a row: its first error leads, all of them stand in the message. */
export function rejectCells(row: number, errors: readonly RowError[]): string[] {
  return [String(row), ...errorCells(errors)];
}

/** The cells behind the row's number. */
export function errorCells(errors: readonly RowError[]): string[] {
  const [first] = errors;
  return [first.column, first.code, errors.map(errorText).join('; ')];
}

function errorText({ column, code, message }: RowError): string {
  return column === '' ? `${code}: ${message}` : `${column}: ${code}: ${message}`;
}
