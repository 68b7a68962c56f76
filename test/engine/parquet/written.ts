import type { FieldSpec } from '../../../src/engine';
import { Column, RecordBatch } from '../../../src/engine/batch';
import { KernelMemory } from '../../../src/engine/kernel/kernel-memory';
import { Slots } from '../../../src/engine/kernel/slots';
import { newKernel } from '../../../src/engine/kernel/wasm';
import type { Codec } from '../../../src/engine/parquet/codec';
import type { ParquetColumn } from '../../../src/engine/parquet/column-type';
import { KernelColumns } from '../../../src/engine/parquet/kernel-columns';
import type { PageLimits } from '../../../src/engine/parquet/page-limits';
import { ParquetWriter } from '../../../src/engine/parquet/parquet-writer';
import { TypescriptColumns } from '../../../src/engine/parquet/typescript-columns';
import type { ParquetOutputSpec } from '../../../src/spec/output-spec';
import { batchOf } from '../batch-of';
import { MemorySink } from '../in-memory';

export const FORMAT: ParquetOutputSpec = {
  type: 'parquet',
  compression: 'snappy',
  rowGroupBytes: 4096,
  decimalPrecision: 38,
  decimalScale: 4,
};

/** So small that little data fills pages and dictionaries. */
export const SMALL: PageLimits = { pageBytes: 256, pageRows: 50, dictionaryValues: 16, dictionaryBytes: 128 };

/** The kernel gets batches whose cells lie elsewhere, as text in its memory, or as its slots. */
export const IN_KERNEL = ['kernel', 'kernel, text in its memory', 'kernel, slots'] as const;
export type Encoders = 'typescript' | (typeof IN_KERNEL)[number];

export interface File {
  readonly fields: readonly FieldSpec[];
  readonly batches: ReadonlyArray<ReadonlyArray<readonly string[]>>;
  readonly format?: Partial<ParquetOutputSpec>;
  readonly limits?: PageLimits;
}

/** The file, or why there is none. */
export function outcome(encoders: Encoders, file: File): Promise<Buffer | string> {
  return written(encoders, file).catch((error: Error) => error.message);
}

export async function written(
  encoders: Encoders,
  { fields, batches, format, limits }: File,
): Promise<Buffer> {
  const memory = new KernelMemory(newKernel()!);
  const sink = new MemorySink();
  const make = (columns: readonly ParquetColumn[], codec: Codec) =>
    encoders === 'typescript'
      ? new TypescriptColumns(columns, codec, limits)
      : new KernelColumns(columns, codec, memory, limits);
  const writer = new ParquetWriter(
    { ...FORMAT, ...format },
    fields.map((one) => ({ field: one })),
    sink,
    make,
  );
  for (const rows of batches) {
    const batch = batchOf(rows, fields.length);
    // Some rows are not kept, always the same ones.
    rows.forEach((_, row) => row % 7 === 3 && batch.filter(row));
    if (encoders === 'kernel, slots') writer.writeBatch(inSlots(batch, memory));
    else writer.writeBatch(encoders === 'kernel, text in its memory' ? inMemory(batch, memory) : batch);
    await writer.drain();
  }
  await writer.finish();
  return Buffer.concat(sink.chunks);
}

/** The same batch with its bytes in the kernel's memory. */
function inMemory(batch: RecordBatch, memory: KernelMemory): RecordBatch {
  const places = batch.columns.map(({ data }) => ({ address: memory.store(data), length: data.length }));
  batch.columns = batch.columns.map(({ start, end }, index) => {
    const { address, length } = places[index];
    return new Column(memory.bytes.subarray(address, address + length), start, end);
  });
  return batch;
}

/** The same batch as what the kernel itself makes. */
export function inSlots(batch: RecordBatch, memory: KernelMemory): RecordBatch {
  const slots = new Slots(memory);
  const addresses = batch.columns.map(({ data }) => ({ slot: slots.add(), data: memory.store(data) }));
  const inside = new RecordBatch();
  inside.rows = batch.rows;
  inside.state.set(batch.state);
  inside.rowNumbers.set(batch.rowNumbers);
  inside.columns = addresses.map(({ slot, data }, index) => {
    const column = slots.column(slot);
    const { start, end } = batch.columns[index];
    for (let row = 0; row < batch.rows; row++) {
      column.start[row] = start[row] + data;
      column.end[row] = end[row] + data;
    }
    return column;
  });
  return inside;
}
