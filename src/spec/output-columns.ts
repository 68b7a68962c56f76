import { compileDateFormat } from './dates/date-format';
import type { EnrichmentSpec } from './enrichments/enrichment-spec';
import { kindOf } from './expression/kinds';
import { parseExpression } from './expression/parse-expression';
import { moveColumns } from './move-columns';
import type { PipelineSpec } from './pipeline-spec';
import type { FieldSpec, FieldType } from './table-schema';
import type { TransformSpec } from './transforms/transform-spec';
import { valueReader } from './values/value-reader';

/** A column of what is published: how its cells are written, and what they are values of. */
export interface OutputColumn {
  readonly field: FieldSpec;
  /** Digits after the point that every number of the column has, where a transform states them. */
  readonly scale?: number;
}

type Columns = Map<string, OutputColumn>;

/**
 * The columns of a header with their types, followed from the schema through transforms and enrichments. Where a type is
 * not known, a cell is text.
 */
export function outputColumns(
  { schema, transforms, enrichments }: Pick<PipelineSpec, 'schema' | 'transforms' | 'enrichments'>,
  header: readonly string[],
): OutputColumn[] {
  const columns: Columns = new Map(schema?.fields.map((field) => [field.name, { field }]));
  for (const transform of transforms) follow(columns, transform);
  for (const enrichment of enrichments) add(columns, enrichment);
  return header.map((name) => {
    const column = columns.get(name) ?? typed('string');
    return { ...column, field: { ...column.field, name } };
  });
}

function typed(type: FieldType, format = 'default'): OutputColumn {
  return { field: { name: '', type, format, constraints: {} } };
}

function add(columns: Columns, enrichment: EnrichmentSpec): void {
  if (enrichment.type === 'lineage') columns.set('_source_row', typed('integer'));
}

/** What a transform makes of the types. A column that is not there any more is text. */
function follow(columns: Columns, transform: TransformSpec): void {
  if (moveColumns(columns, transform)) return;
  switch (transform.type) {
    case 'trim':
    case 'filter':
    case 'de-duplicate':
      return;
    case 'fill-missing': {
      const column = columns.get(transform.column);
      if (column && valueReader(column.field).read(transform.value) === undefined) {
        columns.delete(transform.column);
      }
      return;
    }
    case 'cast':
      columns.set(transform.column, typed(transform.to));
      return;
    case 'format-date':
      columns.set(transform.column, calendar(transform.outputFormat));
      return;
    case 'convert-time-zone':
      columns.set(
        transform.column,
        transform.outputFormat === undefined ? typed('datetime') : calendar(transform.outputFormat),
      );
      return;
    case 'round':
      columns.set(transform.column, { ...typed('number'), scale: transform.scale });
      return;
    case 'derive':
      columns.set(transform.column, derived(transform));
      return;
    default:
      columns.delete(transform.column);
  }
}

function derived({ expression, scale }: Extract<TransformSpec, { type: 'derive' }>): OutputColumn {
  if (scale !== undefined) return { ...typed('number'), scale };
  const kind = kindOf(parseExpression(expression));
  return typed(kind === 'number' || kind === 'boolean' ? kind : 'string');
}

/** A date or a time of a date, where the format states one whole. */
function calendar(format: string): OutputColumn {
  const { parts } = compileDateFormat(format);
  const day = parts.has('year') && (parts.has('dayOfYear') || (parts.has('month') && parts.has('day')));
  const hour = parts.has('hour') || parts.has('hour12');
  if (!day) return typed('string');
  return typed(hour ? 'datetime' : 'date', format);
}
