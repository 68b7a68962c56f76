import { MOST_WORD_BYTES, type WordTable, wordTable } from './word-table';
import type { DialectSpec } from '../../spec/dialect-spec';
import type { LimitsSpec } from '../../spec/pipeline-spec';
import type { FieldSpec, TableSchema } from '../../spec/table-schema';

/** Texts for no value in a column that the kernel makes empty cells of, and the table by which it finds them. */
export interface MissingTexts {
  readonly texts: readonly string[];
  /** Absent where there are none. */
  readonly table?: WordTable;
}

/** Finds the texts for no value that the kernel makes empty cells of, column by column: columns may share them. */
export function missingTextsOf(
  schema: TableSchema | undefined,
  dialect: DialectSpec,
  limits: LimitsSpec,
): (field: FieldSpec | undefined) => MissingTexts {
  const found = new Map<string, MissingTexts>();
  return (field) => {
    const missingValues = field ? (field.missingValues ?? schema!.missingValues) : [];
    const key = JSON.stringify(missingValues);
    const known = found.get(key) ?? missingTexts(missingValues, dialect, limits);
    found.set(key, known);
    return known;
  };
}

/** Where an empty cell is missing as well, those of the schema; and the null sequence, which is nothing but an empty cell. */
function missingTexts(
  missingValues: readonly string[],
  { nullSequence, quoteChar }: DialectSpec,
  limits: LimitsSpec,
): MissingTexts {
  const most = mostMissingBytes(limits);
  // Doubled quotes in a cell would have to be made single ones before it is compared.
  const fits = (text: string) =>
    text !== '' && Buffer.byteLength(text) <= most && (quoteChar === null || !text.includes(quoteChar));
  const nulls = nullSequence === undefined ? [] : [nullSequence];
  const texts = [...nulls, ...(missingValues.includes('') ? missingValues.filter(fits) : [])];
  if (texts.length === 0) return { texts };
  const table = wordTable(texts);
  return table ? { texts, table } : { texts: nulls, table: wordTable(nulls) };
}

/** Bytes of a text for no value that the kernel knows: longer cells fit no table, or are too large before they are missing. */
export function mostMissingBytes({ maxFieldBytes = MOST_WORD_BYTES }: LimitsSpec): number {
  return Math.min(MOST_WORD_BYTES, maxFieldBytes);
}

/** Bytes of the longest text. */
export function longestBytes({ texts }: MissingTexts): number {
  return Math.max(...texts.map((text) => Buffer.byteLength(text)));
}
