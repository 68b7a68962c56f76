import { columnChecks, type ColumnCheck, OPERATIONS } from './column-checks';
import { byteOf, dialectWords } from './dialect-words';
import type { KernelMemory } from './kernel-memory';
import { missingTextsOf, mostMissingBytes } from './missing-texts';
import { words } from './words';
import type { DialectSpec } from '../../spec/dialect-spec';
import { DEFAULT_LIMITS, type LimitsSpec, type PipelineSpec } from '../../spec/pipeline-spec';
import type { FieldSpec, TableSchema } from '../../spec/table-schema';

/** Columns of a file at most, see layout.ts of the assembly. */
const MOST_COLUMNS = 4096;

/** Kinds of quotes, see tokenize.ts of the assembly. */
const DOUBLED = 2;
const ODD = 4;

/** Larger limits are for the TypeScript engine: the kernel's memory ends at 4 GB. */
const MOST_RECORD_BYTES = 16 * DEFAULT_LIMITS.maxRecordBytes;
const MOST_UNIQUE_BYTES = 4 * DEFAULT_LIMITS.uniqueBudgetBytes;

/** What the kernel knows of a dialect, a schema and limits. Whatever has anything else goes to the TypeScript engine. */
const KNOWN_DIALECT: ReadonlyArray<keyof DialectSpec> = [
  // How the text begins and was encoded is over when the kernel sees it.
  ...(['encoding', 'skipLines', 'headerRows', 'headerJoin', 'columnNames', 'detect'] as const),
  ...(['delimiter', 'quoteChar', 'doubleQuote', 'escapeChar', 'header'] as const),
  ...(['commentChar', 'skipInitialSpace', 'nullSequence'] as const),
];
const KNOWN_SCHEMA: ReadonlyArray<keyof TableSchema> = [
  'fields',
  'missingValues',
  'primaryKey',
  'uniqueKeys',
  'foreignKeys',
  'fieldsMatch',
];

const KNOWN_LIMITS: ReadonlyArray<keyof LimitsSpec> = [
  ...(['maxRecordBytes', 'uniqueBudgetBytes', 'maxColumns', 'maxRejectsKept'] as const),
  ...(['maxRows', 'maxFieldBytes', 'maxInflatedBytes'] as const),
];

/** Whether the kernel may read sources of a pipeline; what is found out of a file may forbid it still. */
export function readsSource({ schema, limits, dialect }: PipelineSpec): boolean {
  const { nullSequence = '' } = dialect;
  return (
    Buffer.byteLength(nullSequence) <= mostMissingBytes(limits) &&
    hasOnly(limits, KNOWN_LIMITS) &&
    limits.maxRecordBytes <= MOST_RECORD_BYTES &&
    limits.uniqueBudgetBytes <= MOST_UNIQUE_BYTES &&
    (schema === undefined || hasOnly(schema, KNOWN_SCHEMA))
  );
}

/** Whether the kernel reads records of a dialect: not with quotes that numbers and addresses may begin and end with. */
export function readsRecords(dialect: DialectSpec, columns: number): boolean {
  const { delimiter, quoteChar, escapeChar, commentChar, nullSequence = '' } = dialect;
  const characters = [delimiter, quoteChar, escapeChar, commentChar].filter((one) => one !== null);
  return (
    columns <= MOST_COLUMNS &&
    hasOnly(dialect, KNOWN_DIALECT) &&
    characters.every(isByte) &&
    !/[0-9A-Za-z]/.test(quoteChar ?? '') &&
    (quoteChar === null || !nullSequence.includes(quoteChar))
  );
}

function hasOnly<T extends object>(part: T, names: ReadonlyArray<keyof T>): boolean {
  return Object.entries(part).every(([name, value]) => isAbsent(value) || names.includes(name as keyof T));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function isByte(character: string): boolean {
  return character.length === 1 && character.charCodeAt(0) < 0x80;
}

/** A schema and dialect as the kernel reads them. */
export interface Program {
  readonly address: number;
  readonly columns: number;
  /** 256 where quotes have no meaning. */
  readonly quote: number;
  /** The columns of all keys, as bits of a record's doubts. */
  readonly keyDoubts: number;
  /** Fields that the host has to check; undefined at the other columns. */
  readonly hostColumns: ReadonlyArray<FieldSpec | undefined>;
  /** Columns with texts for no value of which the kernel makes empty cells. */
  readonly emptiedColumns: readonly boolean[];
}

/** Compiles a dialect and the fields of the columns into data in the kernel's memory. */
export function compileProgram(
  memory: KernelMemory,
  { schema, limits }: Pick<PipelineSpec, 'schema' | 'limits'>,
  dialect: DialectSpec,
  fields: ReadonlyArray<FieldSpec | undefined>,
  batchRows: number,
): Program {
  const checks: Array<ColumnCheck & { readonly column: number }> = [];
  const missing = fields.map(missingTextsOf(schema, dialect, limits));
  const hostColumns = fields.map((field, column) => {
    if (!field) return undefined;
    const isKey = schema!.primaryKey.includes(field.name);
    const { texts } = missing[column];
    const own = columnChecks(field, isKey, schema!.missingValues, texts, dialect.quoteChar);
    if (!own) return field;
    checks.push(...own.map((check) => ({ ...check, column })));
    return undefined;
  });

  const keys = keyDoubts(schema, fields);
  // A bit stands for one column alone where there are few of them; and nobody has looked at the host's columns.
  const alone = fields.length > 31 || hostColumns.some(Boolean) ? 0 : ~keys;
  const quote = byteOf(dialect.quoteChar);
  const isPlain = dialect.delimiter === ',' && dialect.quoteChar === '"';
  const address = memory.store(
    words([
      byteOf(dialect.delimiter),
      quote,
      fields.length,
      checks.length,
      memory.store(words(checks.flatMap((check) => checkWords(memory, check)))),
      limits.maxRecordBytes,
      batchRows,
      isPlain ? 1 : 0,
      // Other doubled quotes would have to be made single ones.
      dialect.quoteChar === '"' ? ODD : ODD | DOUBLED,
      keys,
      alone,
      ...dialectWords(memory, dialect, missing),
    ]),
  );
  memory.kernel.start(address);
  return {
    address,
    columns: fields.length,
    quote,
    keyDoubts: keys,
    hostColumns,
    emptiedColumns: missing.map(({ texts }) => texts.length > 0),
  };
}

function keyDoubts(schema: TableSchema | undefined, fields: ReadonlyArray<FieldSpec | undefined>): number {
  const { primaryKey = [], uniqueKeys = [], foreignKeys = [] } = schema ?? {};
  const names = new Set([primaryKey, ...uniqueKeys, ...foreignKeys.map((key) => key.fields)].flat());
  let bits = 0;
  fields.forEach((field, column) => {
    if (field && (field.constraints.unique === true || names.has(field.name))) bits |= 1 << (column & 31);
  });
  return bits;
}

function checkWords(
  memory: KernelMemory,
  { operation, optional, a = 0, b = 0, table, bytes = 0, column }: ColumnCheck & { readonly column: number },
): number[] {
  return [OPERATIONS[operation], column * 4, optional ? 1 : 0, a, b, table ? memory.store(table) : bytes];
}
