import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { PassThrough, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type ByteSink, NOWHERE, typescriptEngine } from '../../src/engine';
import { PIPELINES } from '../pipelines';
import type { Engine } from '../work';

const LINEAGE = { sourceKey: 'raw/orders.csv', sourceVersion: '1', jobId: 'bench', specSha256: '' };

/** The plain TypeScript engine as its steps run it: validate, transform, enrich, publish, and CSV between them. */
export const oursSteps: Engine = async ({ kind, file, customers, output, pipeline }) => {
  const spec = PIPELINES[pipeline];
  const { sourceKey } = LINEAGE;
  const input = createReadStream(file!, { highWaterMark: 256 * 1024 });
  if (kind === 'validate') {
    const rejects: ByteSink = { write: () => undefined };
    const run = { spec, sourceKey, input, output: NOWHERE, rejects };
    return (await typescriptEngine.validate(run)).counts;
  }
  const [valid, transformed, enriched] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const target = createWriteStream(output);
  const [first, , , last] = await Promise.all([
    ending(
      valid,
      typescriptEngine.validate({ spec, sourceKey, input, output: sinkOf(valid), rejects: NOWHERE }),
    ),
    ending(
      transformed,
      typescriptEngine.transform({ spec, input: valid, output: sinkOf(transformed), rejects: NOWHERE }),
    ),
    ending(
      enriched,
      typescriptEngine.enrich({
        spec,
        input: transformed,
        output: sinkOf(enriched),
        rejects: NOWHERE,
        lineage: LINEAGE,
        openLookup: async () => createReadStream(customers),
      }),
    ),
    ending(target, typescriptEngine.publish({ input: enriched, output: sinkOf(target) })),
  ]);
  await finished(target);
  return { rowsRead: first.counts.rowsRead, rowsWritten: last.rows };
};

/** Bytes of one step for the next one, with back-pressure, in place of the objects that lie between steps. */
function sinkOf(stream: Writable): ByteSink {
  return {
    write: async (chunk) => {
      if (!stream.write(chunk)) await once(stream, 'drain');
    },
  };
}

async function ending<T>(stream: Writable, step: Promise<T>): Promise<T> {
  const result = await step;
  stream.end();
  return result;
}
