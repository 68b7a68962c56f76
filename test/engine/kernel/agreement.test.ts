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

const RUNS = process.env.AGREEMENT_RUNS;
/** The same files in every `npm test`, so that what they reach is no matter of luck; others whenever more are asked for. */
const SEED = RUNS === undefined ? { seed: 20 } : {};

async function agree(
  runs: number,
  kernel: (one: Case) => Promise<unknown>,
  typescript: (one: Case) => Promise<unknown>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      expect(await kernel(one)).toEqual(await typescript(one));
    }),
    { ...SEED, numRuns: Number(RUNS ?? runs) },
  );
}

it('gives the same output, rejects, counts and errors as the TypeScript engine', async () => {
  await agree(100, byKernel, byTypeScript);
});

it('gives the same in one pass through transforms and enrichments', async () => {
  await agree(100, pipelineByKernel, pipelineByTypeScript);
});

it('gives the same step by step, also where a step has written what it must not', async () => {
  await agree(100, stepsByKernel, stepsByTypeScript);
});
