/** Compares both engines on rounds of files that are made up, as `fuzz.ts` hands them out. */
import { inspect, isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { allByKernel, allByTypeScript } from './agreement';
import { type Case, cases } from './arbitraries';
import type { Round, Seen } from './fuzz';

async function compare({ seed, files }: Round): Promise<Seen> {
  const seen = { files: 0, errors: 0, rows: 0, rejected: 0, filtered: 0 };
  /** What was seen of the last file that disagreed: looked at again, it may agree. */
  let difference: object = {};
  const property = fc.asyncProperty(cases, async (one) => {
    const kernel = await allByKernel(one);
    const typescript = await allByTypeScript(one);
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
  const { failed, counterexample, errorInstance } = await fc.check(property, { numRuns: files, seed });
  if (!failed) return seen;
  const [one] = counterexample as [Case];
  const file = { ...one, file: one.file.toString('latin1'), spec: JSON.stringify(one.spec) };
  const disagreement = inspect({ file, difference, errorInstance }, { depth: null, maxStringLength: null });
  return { ...seen, disagreement };
}

process.on('message', (round: Round) => void compare(round).then((seen) => process.send!(seen)));
