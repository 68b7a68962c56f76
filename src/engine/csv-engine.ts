import type { CsvEngine } from './engine';
import { compileEnrichments } from './enrichments';
import { mergeRejects } from './rejects/merge-rejects';
import { publish } from './run/publish';
import { runOperation } from './run/run-operation';
import { runTransforms } from './transforms/run-transforms';
import { validate } from './validate/validate';

/** The engine in plain TypeScript. It holds no state: runs may go on side by side. */
export const csvEngine: CsvEngine = {
  validate,
  transform: runTransforms,
  enrich: (run) =>
    runOperation(run, (header) =>
      compileEnrichments(run.spec.enrichments, header, { openLookup: run.openLookup, lineage: run.lineage }),
    ),
  mergeRejects,
  publish,
};
