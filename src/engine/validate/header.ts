import type { ErrorCodeName } from '../../shared/error-codes';
import { REJECT_COLUMNS } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import type { FieldSpec, TableSchema } from '../../spec/table-schema';

/*
 * Messages name fields of the schema and positions in the header, never a label that the schema does not have: where a
 * file comes without the header that it should have, its first record is data.
 */

/** Fields and columns that a message names. */
const MOST_NAMED = 20;

/** Checks what every header has to keep, schema or not. */
export function checkLabels(header: readonly string[]): void {
  const places = new Map<string, number>();
  header.forEach((label, index) => {
    const column = index + 1;
    if (label.trim() === '') throw labelError('blank-label', `column ${column} of the header has no name`);
    const earlier = places.get(label);
    if (earlier !== undefined) {
      throw labelError(
        'duplicate-label',
        `columns ${earlier} and ${column} of the header have the same name`,
      );
    }
    places.set(label, column);
    if ((REJECT_COLUMNS as readonly string[]).includes(label)) {
      throw labelError(
        'reserved-label',
        `column ${column} of the header is named ${label}, which the pipeline adds itself` +
          ' (only a rejects file under its own name may have the columns _row, _column, _code and _message, as its last)',
      );
    }
  });
}

/**
 * Finds the field of each column: undefined where the schema has none. How header and fields have to fit is the schema's
 * `fieldsMatch`; all columns of the file go on, in the file's order, and those without a field are not checked. Fields
 * that the file lacks are not added; where one is required or part of the primary key, its absence is an error in every
 * mode.
 */
export function matchFields(header: readonly string[], schema: TableSchema): (FieldSpec | undefined)[] {
  const fields = new Map(schema.fields.map((field) => [field.name, field]));
  const matched = header.map((label) => fields.get(label));
  const missing = schema.fields.filter((field) => !header.includes(field.name));
  const extra = matched.flatMap((field, index) => (field ? [] : [index + 1]));
  const { fieldsMatch } = schema;
  const mayLack = fieldsMatch === 'superset' || fieldsMatch === 'partial';
  const mayExceed = fieldsMatch === 'subset' || fieldsMatch === 'partial';

  const needed = mayLack ? missing.filter((field) => isNeeded(field, schema)) : missing;
  if (needed.length > 0) {
    throw labelError('missing-label', `the header lacks ${lacks(needed)}${noField(extra)}`);
  }
  if (!mayExceed && extra.length > 0) throw labelError('extra-label', `the header is wrong${noField(extra)}`);
  if (fieldsMatch === 'partial' && extra.length === header.length) {
    throw labelError('missing-label', 'the header has none of the fields of the schema');
  }
  if (fieldsMatch === 'exact') checkOrder(header, schema);
  return matched;
}

function checkOrder(header: readonly string[], schema: TableSchema): void {
  schema.fields.forEach((field, index) => {
    if (header[index] === field.name) return;
    throw labelError(
      'incorrect-label',
      `the header is not in the order of the schema: column ${index + 1} should be "${field.name}",` +
        ` which is column ${header.indexOf(field.name) + 1}`,
    );
  });
}

function isNeeded(field: FieldSpec, schema: TableSchema): boolean {
  return field.constraints.required === true || schema.primaryKey.includes(field.name);
}

function lacks(fields: readonly FieldSpec[]): string {
  return `the field${fields.length > 1 ? 's' : ''} ${some(fields.map((field) => `"${field.name}"`))}`;
}

/** What is in a list, as far as a person reads it: a file may have thousands of columns. */
function some(items: readonly (string | number)[]): string {
  const more = items.length - MOST_NAMED;
  return items.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function noField(columns: readonly number[]): string {
  if (columns.length === 0) return '';
  return columns.length === 1
    ? `; its column ${columns[0]} is no field of the schema`
    : `; its columns ${some(columns)} are no fields of the schema`;
}

function labelError(code: ErrorCodeName, message: string): PipelineError {
  return new PipelineError(code, message, { record: 1 });
}
