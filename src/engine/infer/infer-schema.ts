import { ColumnProfile, type ColumnResult } from './column-profile';
import { isUnique, primaryKeyOf } from './keys';
import { keepWithin } from './unique-values';
import type { DialectSpec } from '../../spec/dialect-spec';
import type { ConstraintsSpec, FieldSpec } from '../../spec/table-schema';
import { bytesOf, type CsvSource } from '../stream/csv-source';
import { definePipeline } from '../stream/define-pipeline';
import { CheckedSource } from '../validate/checked-source';

export interface InferOptions {
  /** How the source is written. @default - RFC 4180 with a header, UTF-8 */
  readonly dialect?: Partial<DialectSpec>;
  /** Rows to look at; what is true of a sample need not be true of the whole file. @default - all of them */
  readonly rows?: number;
  /** Memory for finding out which columns are unique. @default - 64 MiB */
  readonly uniqueBudgetBytes?: number;
}

/** A field of a schema that was found: defaults are left out. */
export type InferredField = Pick<FieldSpec, 'name' | 'type'> & Partial<FieldSpec>;

export interface InferredSchema {
  /** A Frictionless Table Schema descriptor. */
  readonly schema: { readonly fields: readonly InferredField[]; readonly primaryKey?: string };
  /** How the file is written, as was said or found out. */
  readonly dialect: DialectSpec;
  /** Rows that were looked at. */
  readonly rows: number;
  /** Whether that was the whole file. */
  readonly complete: boolean;
  /** Rows that are blank, too short or too long: they were passed over. */
  readonly raggedRows: number;
  /** What the schema was made of. */
  readonly columns: readonly ColumnResult[];
}

const UNIQUE_BUDGET_BYTES = 64 * 1024 * 1024;

/**
 * Finds a schema for a CSV: for each column the most specific type and format that every value has, whether there is
 * always a value, and which columns are likely to be enumerations or keys. Every row of the right shape that was looked at
 * is valid by it. Reads once, in bounded memory. Throws PipelineError as runCsv does.
 */
export function inferSchema(source: CsvSource, options: InferOptions = {}): Promise<InferredSchema> {
  const { rows: limit = Infinity, uniqueBudgetBytes = UNIQUE_BUDGET_BYTES } = options;
  const spec = definePipeline({ dialect: options.dialect });
  const checked = new CheckedSource({ spec, sourceKey: '', input: bytesOf(source) }, 'drop-surplus');
  return checked.use(async () => {
    const profiles = (await checked.open()).map((name) => new ColumnProfile(name));
    let [rows, ragged, complete] = [0, 0, true];
    while (complete) {
      const batch = await checked.nextBatch();
      if (!batch) break;
      complete = rows + batch.rows <= limit;
      batch.rows = Math.min(batch.rows, limit - rows);
      checked.check(batch);
      const kept = batch.keptRows();
      for (const [index, profile] of profiles.entries()) profile.add(batch.columns[index], kept);
      rows += batch.rows;
      ragged += batch.rows - kept.length;
      keepWithin(
        uniqueBudgetBytes,
        profiles.map(({ unique }) => unique),
      );
    }
    const columns = profiles.map((profile) => profile.result());
    return {
      schema: schemaOf(columns),
      dialect: { ...checked.dialect, encoding: checked.reader.encoding },
      rows,
      complete,
      raggedRows: ragged,
      columns,
    };
  });
}

function schemaOf(columns: readonly ColumnResult[]): InferredSchema['schema'] {
  const primaryKey = primaryKeyOf(columns);
  const fields = columns.map((column) => fieldOf(column, column.name === primaryKey));
  return { fields, ...(primaryKey !== undefined && { primaryKey }) };
}

function fieldOf(column: ColumnResult, isPrimaryKey: boolean): InferredField {
  const { name, shape, missing, values, missingTexts, enumeration } = column;
  const { type, format, ...notation } = shape;
  const constraints: ConstraintsSpec = {
    ...(missing === 0 && values > 0 && { required: true }),
    ...(!isPrimaryKey && isUnique(column) && { unique: true }),
    ...(enumeration && { enum: enumeration }),
  };
  return {
    name,
    type,
    ...(format !== 'default' && { format }),
    ...notation,
    ...(missingTexts.length > 0 && { missingValues: ['', ...missingTexts] }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}
