import type { DeDuplicateSpec } from '../../spec/transforms/transform-spec';
import type { StepResult, TransformRun } from '../engine';
import { LastRows } from './de-duplicate';
import { compileTransforms } from './index';
import type { TransformContext } from './transform-context';
import { runOperation } from '../run/run-operation';
import { StagedReader } from '../run/staged-reader';
import type { IntegerPages } from '../unique/integer-pages';

/**
 * Runs the transforms of a pipeline over staged rows. Which of some equal rows is the last is known at the end only: for
 * each `de-duplicate` that keeps it, the rows before it are made once more, to be looked at.
 */
export async function runTransforms(run: TransformRun): Promise<StepResult> {
  const { transforms, limits } = run.spec;
  const lastRows = new Map<number, IntegerPages>();
  const { hashKeys } = run;
  const context = { uniqueBudgetBytes: limits.uniqueBudgetBytes, lastRows, hashKeys };
  for (const [place, transform] of transforms.entries()) {
    if (transform.type !== 'de-duplicate' || transform.keep !== 'last') continue;
    lastRows.set(place, await findLastRows(run, transform, place, context));
  }
  return runOperation(run, (header) => compileTransforms(transforms, header, context));
}

async function findLastRows(
  run: TransformRun,
  spec: DeDuplicateSpec,
  place: number,
  context: TransformContext,
): Promise<IntegerPages> {
  const { transforms } = run.spec;
  const iterator: unknown = run.input[Symbol.asyncIterator]();
  if (iterator === run.input) {
    throw new TypeError(
      'a deDuplicate that keeps the last row needs an input that can be read twice, not a stream or a generator',
    );
  }
  const reader = new StagedReader(run.input);
  try {
    const before = compileTransforms(transforms.slice(0, place), await reader.open(), context);
    const last = new LastRows(spec, before.header, context);
    for (let batch = await reader.nextBatch(); batch; batch = await reader.nextBatch()) {
      before.apply(batch);
      last.apply(batch);
    }
    return last.found();
  } finally {
    await reader.close();
  }
}
