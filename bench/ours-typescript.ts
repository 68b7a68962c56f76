import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import { customers } from './orders';
import { PIPELINE } from './pipeline';
import type { Engine } from './work';
import { type ByteSink, csvEngine } from '../src/engine';

const NOWHERE: ByteSink = { write: () => undefined };
const LINEAGE = { sourceKey: 'raw/orders.csv', sourceVersion: '1', jobId: 'bench', specSha256: '' };

/** Bytes of one step for the next one, with back-pressure, in place of the objects that lie between steps. */
class Pipe extends PassThrough {
  readonly sink: ByteSink = {
    write: async (chunk) => {
      if (!this.write(chunk)) await once(this, 'drain');
    },
  };
}

async function piped<T>(pipe: Pipe, step: Promise<T>): Promise<T> {
  const result = await step;
  pipe.end();
  return result;
}

/** This engine, as its steps run: validate, transform, enrich, publish. */
export const oursTypescript: Engine = async (work, file) => {
  const spec = PIPELINE;
  const input = createReadStream(file, { highWaterMark: 256 * 1024 });
  const sourceKey = LINEAGE.sourceKey;
  if (work === 'validate') {
    const { counts } = await csvEngine.validate({
      spec,
      sourceKey,
      input,
      output: NOWHERE,
      rejects: NOWHERE,
    });
    return counts;
  }
  const [valid, transformed, enriched] = [new Pipe(), new Pipe(), new Pipe()];
  const [first, , , last] = await Promise.all([
    piped(valid, csvEngine.validate({ spec, sourceKey, input, output: valid.sink, rejects: NOWHERE })),
    piped(
      transformed,
      csvEngine.transform({ spec, input: valid, output: transformed.sink, rejects: NOWHERE }),
    ),
    piped(
      enriched,
      csvEngine.enrich({
        spec,
        input: transformed,
        output: enriched.sink,
        rejects: NOWHERE,
        lineage: LINEAGE,
        openLookup: async () => lookupFile(),
      }),
    ),
    csvEngine.publish({ input: enriched, output: NOWHERE }),
  ]);
  return { rowsRead: first.counts.rowsRead, rowsWritten: last.rows };
};

async function* lookupFile(): AsyncGenerator<Uint8Array> {
  yield customers();
}
