import {
  csvEngine,
  DEFAULT_DIALECT,
  DEFAULT_LIMITS,
  type DialectSpec,
  type FieldSpec,
  type PipelineSpec,
  readCsv,
  type StepResult,
  type TableSchema,
} from '../../src/engine';

/** A job id, as names of rejects files have it. */
export const JOB_ID = '0123456789abcdef0123456789abcdef';

/** A dialect that the kernel leaves to the TypeScript engine. */
export const NO_KERNEL: Partial<DialectSpec> = { nullSequence: 'longer than a word' };

/** Bytes in pieces of a given size. */
export async function* bytes(text: string | Uint8Array, size = Infinity): AsyncGenerator<Uint8Array> {
  const data = Buffer.from(text as string);
  for (let at = 0; at < data.length; at += Math.min(size, data.length)) {
    yield data.subarray(at, Math.min(at + size, data.length));
  }
}

/** Keeps what is written to it. */
export class MemorySink {
  readonly chunks: Uint8Array[] = [];

  write(chunk: Uint8Array): void {
    this.chunks.push(chunk);
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

export function pipeline(parts: Partial<PipelineSpec> = {}): PipelineSpec {
  return {
    version: 1,
    dialect: DEFAULT_DIALECT,
    transforms: [],
    enrichments: [],
    rejectPolicy: { type: 'quarantine-all' },
    limits: DEFAULT_LIMITS,
    ...parts,
  };
}

export function schema(fields: readonly FieldSpec[], parts: Partial<TableSchema> = {}): TableSchema {
  return { fields, missingValues: [''], primaryKey: [], fieldsMatch: 'exact', ...parts };
}

export function field(name: string, parts: Partial<FieldSpec> = {}): FieldSpec {
  return { name, type: 'string', format: 'default', constraints: {}, ...parts };
}

export interface Outcome extends StepResult {
  readonly output: string;
  readonly rejects: string;
}

/** Runs validate over a text. */
export async function validated(
  text: string | Uint8Array,
  spec: PipelineSpec = pipeline(),
  sourceKey = 'raw/file.csv',
  chunkSize = Infinity,
): Promise<Outcome> {
  const output = new MemorySink();
  const rejects = new MemorySink();
  const result = await csvEngine.validate({
    spec,
    sourceKey,
    input: bytes(text, chunkSize),
    output,
    rejects,
  });
  return { ...result, output: output.text, rejects: rejects.text };
}

/** The rejects of a text that is validated against one schema, without their header: one text a row. */
export async function rejectsOf(text: string, spec: PipelineSpec): Promise<string[]> {
  const { rejects } = await validated(text, spec);
  const rows: string[] = [];
  if (rejects === '') return rows;
  for await (const { cells } of readCsv(bytes(rejects))) rows.push(cells.join(' | '));
  return rows.slice(1);
}

/** All records of a text as the reader finds them. */
export async function records(
  text: string | Uint8Array,
  dialect: Partial<PipelineSpec['dialect']> = {},
  chunkSize = Infinity,
  maxRecordBytes?: number,
): Promise<string[][]> {
  const found: string[][] = [];
  const source = bytes(text, chunkSize);
  for await (const record of readCsv(source, dialect, maxRecordBytes)) {
    found.push(record.blank ? [] : [...record.cells]);
  }
  return found;
}
