import type { Columns, ColumnReport } from '../operation-rule';
import type { SpecReader } from '../spec-reader';
import { checkExpression, type ExpressionUse } from './check-expression';
import { columnsOf, ExpressionError } from './expression';
import { parseExpression } from './parse-expression';

/** Reads the property `expression`. */
export function readExpression(reader: SpecReader, use: ExpressionUse): string {
  const text = reader.text('expression');
  if (typeof reader.value('expression') !== 'string') return text;
  try {
    checkExpression(text, use);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const got = `${error.got} at character ${error.position} of ${JSON.stringify(error.text)}`;
    reader.problem('expression', got, error.expected);
  }
  return text;
}

/** Reports every column of an expression that the header lacks. */
export function requireExpressionColumns(expression: string, columns: Columns, report: ColumnReport): void {
  if (!columns) return;
  for (const { name, position } of columnsOf(parseExpression(expression))) {
    if (!columns.includes(name)) {
      report({ code: 'unknown-column', property: 'expression', column: name, columns, position });
    }
  }
}
