/**
 * Compares the kernel with the TypeScript engine on files that are made up, until the time is over or there were enough:
 *
 *   npm run fuzz -- --minutes 10 [--seed 42]
 *   npm run fuzz -- --files 100000 [--seed 42]
 *
 * Prints how many files agreed; on the first that does not, prints it, made as small as can be, and exits with 1.
 */
import { inspect, isDeepStrictEqual, parseArgs } from 'node:util';
import * as fc from 'fast-check';
import {
  byKernel,
  byTypeScript,
  pipelineByKernel,
  pipelineByTypeScript,
  stepsByKernel,
  stepsByTypeScript,
} from './agreement';
import { type Case, cases } from './arbitraries';

/** Files between two looks at the clock. */
const ROUND = 100;

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, files: { type: 'string' }, seed: { type: 'string' } },
});

async function fuzz(): Promise<void> {
  const { minutes = values.files === undefined ? '1' : 'Infinity', files = 'Infinity' } = values;
  const end = Date.now() + Number(minutes) * 60_000;
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const seen = { files: 0, errors: 0, rows: 0, rejected: 0, filtered: 0 };
  /** What was seen of the last file that disagreed: looked at again, it may agree. */
  let difference: object = {};
  const property = fc.asyncProperty(cases, async (one) => {
    const kernel = {
      validate: await byKernel(one),
      pass: await pipelineByKernel(one),
      steps: await stepsByKernel(one),
    };
    const typescript = {
      validate: await byTypeScript(one),
      pass: await pipelineByTypeScript(one),
      steps: await stepsByTypeScript(one),
    };
    seen.files++;
    const { error, summary } = typescript.pass;
    if (error) seen.errors++;
    seen.rows += summary?.counts.rowsRead ?? 0;
    seen.rejected += summary?.counts.rowsRejected ?? 0;
    seen.filtered += summary?.counts.rowsFiltered ?? 0;
    if (isDeepStrictEqual(kernel, typescript)) return true;
    difference = { kernel, typescript };
    return false;
  });
  for (let round = 0; Date.now() < end && seen.files < Number(files); round++) {
    const { failed, counterexample } = await fc.check(property, { numRuns: ROUND, seed: seed + round });
    if (failed) {
      const [one] = counterexample as [Case];
      console.log({ ...one, file: one.file.toString('latin1'), spec: JSON.stringify(one.spec) });
      console.log(`seed ${seed + round}`, inspect(difference, { depth: null }));
      process.exitCode = 1;
      return;
    }
  }
  console.log({ seed, ...seen });
}

void fuzz();
