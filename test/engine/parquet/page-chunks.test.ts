import { FORMAT } from './written';
import { newMemory } from '../../../src/engine/kernel/kernel-memory';
import { encodersIn, ParquetWriter } from '../../../src/engine/parquet/parquet-writer';
import { batchOf } from '../batch-of';
import { field } from '../in-memory';

/** Writes row groups of texts, of which one is longer than any page; gives the file, and how many buffers it was in. */
async function written(releases: boolean, inKernel: boolean): Promise<{ file: Buffer; buffers: number }> {
  const chunks: Buffer[] = [];
  const buffers = new Set<ArrayBufferLike>();
  const write = (chunk: Uint8Array) => {
    chunks.push(Buffer.from(chunk));
    if (chunk.length > 1000) buffers.add(chunk.buffer);
    // It is the writer's again, who may put anything there.
    if (releases && chunk.length > 1000) chunk.fill(0xee);
  };
  const outputs = [field('a'), field('b')].map((one) => ({ field: one }));
  const encoders = encodersIn(inKernel ? newMemory() : undefined);
  const format = { ...FORMAT, rowGroupBytes: 1_500_000 };
  const writer = new ParquetWriter(format, outputs, { releases, write }, encoders);
  for (let batch = 0; batch < 40; batch++) {
    const rows = Array.from({ length: 500 }, (_, row) => [
      `${batch * 7919 + row * 104729} `.repeat(20),
      batch === 3 && row === 7 ? 'xyz'.repeat(20_000_000 / 3) : `${row % 10}`,
    ]);
    writer.writeBatch(batchOf(rows, 2));
    // Some batches are taken before the row group of the one before them is written.
    if (batch % 3 !== 0) await writer.drain();
  }
  await writer.finish();
  return { file: Buffer.concat(chunks), buffers: buffers.size };
}

it.each([true, false])(
  'pages lie where others were written before, if the sink releases them (%s)',
  async (inKernel) => {
    const kept = await written(false, inKernel);
    const released = await written(true, inKernel);
    expect(released.file.equals(kept.file)).toBe(true);
    expect(released.buffers).toBeLessThan(kept.buffers / 4);
  },
);
