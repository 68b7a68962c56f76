import * as fc from 'fast-check';
import { byKernel, byTypeScript, pipelineByKernel, pipelineByTypeScript } from './agreement';
import { cases } from './arbitraries';

it('gives the same output, rejects, counts and errors as the TypeScript engine', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      expect(await byKernel(one)).toEqual(await byTypeScript(one));
    }),
    { numRuns: Number(process.env.AGREEMENT_RUNS ?? 1000) },
  );
});

it('gives the same in one pass through transforms and enrichments', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      expect(await pipelineByKernel(one)).toEqual(await pipelineByTypeScript(one));
    }),
    { numRuns: Number(process.env.AGREEMENT_RUNS ?? 400) },
  );
});
