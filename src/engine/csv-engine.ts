import type { CsvEngine } from './engine';
import { compileEnrichments } from './enrichments';
import { kernelPublish } from './kernel/publish';
import { kernelEnrich, kernelTransform } from './kernel/steps';
import { kernelValidate } from './kernel/validate';
import { mergeRejects } from './rejects/merge-rejects';
import { publish } from './run/publish';
import { runOperation } from './run/run-operation';
import { runTransforms } from './transforms/run-transforms';
import { validate } from './validate/validate';

/** The engine in plain TypeScript: the definition of what is done, and what runs where the kernel does not. */
export const typescriptEngine: CsvEngine = {
  validate,
  transform: runTransforms,
  enrich: (run) =>
    runOperation(run, (header) =>
      compileEnrichments(run.spec.enrichments, header, { openLookup: run.openLookup, lineage: run.lineage }),
    ),
  mergeRejects,
  publish,
};

/** The engine that runs: with the kernel for whatever it knows. It holds no state: runs may go on side by side. */
export const csvEngine: CsvEngine = {
  validate: (run) => kernelValidate(run),
  transform: (run) => kernelTransform(run),
  enrich: (run) => kernelEnrich(run),
  mergeRejects,
  publish: (run) => kernelPublish(run),
};
