import { type ByteSink, type CsvTarget, definePipeline, runCsv } from '../../../src/engine';
import { kernelPublish } from '../../../src/engine/kernel/publish';
import { bytes, pipeline } from '../in-memory';

/** Keeps what it is given: a sink that is done with its chunks at once, or after a while, or never. */
class Kept implements ByteSink {
  readonly chunks: Buffer[] = [];

  constructor(
    readonly releases: boolean,
    private readonly wait?: () => Promise<unknown>,
  ) {}

  write(chunk: Uint8Array): void | Promise<void> {
    if (!this.wait) return void this.chunks.push(Buffer.from(chunk));
    return this.wait().then(() => void this.chunks.push(Buffer.from(chunk)));
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }
}

const soon = () => new Promise((resolve) => setImmediate(resolve));
const SINKS: ReadonlyArray<[string, () => Kept]> = [
  ['at once', () => new Kept(true)],
  ['after a while', () => new Kept(true, soon)],
  ['never', () => new Kept(false)],
];

/** Every 2,000th row is so long that the host writes it; the rows take 3 MB. */
const rows = Array.from({ length: 20_000 }, (_, id) => `${id},${'x'.repeat(id % 2000 ? id % 200 : 70_000)}`);
const pipelineOf = definePipeline({
  schema: { fields: [{ name: 'id', type: 'integer' }, { name: 'text' }] },
});
const meant = `id,text\n${rows.join('\n')}\n`;

it.each(SINKS)('writes all rows in order to a sink that is done with its chunks %s', async (_, sinkOf) => {
  const output = sinkOf();
  const text = `id,text\n${rows.join('\n')}\n`;
  const { counts } = await runCsv(text, pipelineOf, { output: output as CsvTarget });
  expect(counts).toMatchObject({ rowsRead: 20_000, rowsWritten: 20_000 });
  expect(output.text).toBe(meant);
});

it.each(SINKS)(
  'writes batches that are larger than its room to a sink that is done %s',
  async (_, sinkOf) => {
    const output = sinkOf();
    const wide = `id,text\n${Array.from({ length: 1500 }, (__, id) => `${id},${'x'.repeat(2000)}\n`).join('')}`;
    await runCsv(wide, pipelineOf, { output: output as CsvTarget });
    expect(output.text === wide).toBe(true);
  },
);

it('hands rows over without a copy only where the sink is done with them', async () => {
  const released = new Kept(true);
  const kept = new Kept(false);
  const text = `id,text\n${rows.filter((row) => row.length < 1000).join('\n')}\n`;
  await runCsv(text, pipelineOf, { output: released as CsvTarget });
  await runCsv(text, pipelineOf, { output: kept as CsvTarget });
  expect(kept.chunks.length).toBeGreaterThan(2 * released.chunks.length);
});

it.each(SINKS)('publishes all rows in order to a sink that is done with its chunks %s', async (_, sinkOf) => {
  const output = sinkOf();
  const staged = rows.map((row, index) => `${index + 2},${row}`);
  const input = bytes(`_row,id,text\n${staged.join('\n')}\n`);
  await kernelPublish({ spec: pipeline(), input, output });
  expect(output.text).toBe(meant);
});
