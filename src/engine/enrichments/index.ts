import { ENRICHMENTS } from '../../spec/enrichments/enrichment-rules';
import type { EnrichmentSpec } from '../../spec/enrichments/enrichment-spec';
import type { BatchOperation } from '../batch';
import { compileOperations, operation, type Operation } from '../compile-operations';
import type { ByteSource, Lineage } from '../engine';
import { compileConstant } from './constant';
import { compileLineage } from './lineage';
import { compileLookup } from './lookup';
import { loadLookup } from './lookup-table';

/** What enrichments need from outside. */
export interface EnrichmentContext {
  /** Opens the file of the lookup at a place in the list. */
  readonly openLookup: (index: number) => Promise<ByteSource>;
  readonly lineage: Lineage;
}

/**
 * Compiles enrichments for a header (`_row` left out), and reads the lookup files. Throws PipelineError `unknown-column`,
 * `duplicate-label`, `lookup-unreadable` or `lookup-duplicate-key`.
 */
export async function compileEnrichments(
  specs: readonly EnrichmentSpec[],
  header: readonly string[],
  context: EnrichmentContext,
): Promise<BatchOperation> {
  const operations: Operation[] = [];
  for (const [index, spec] of specs.entries()) operations.push(await operationOf(spec, index, context));
  return compileOperations(operations, header);
}

async function operationOf(
  spec: EnrichmentSpec,
  index: number,
  context: EnrichmentContext,
): Promise<Operation> {
  const name = `enrichments[${index}] (${spec.type})`;
  switch (spec.type) {
    case 'lookup': {
      const table = await loadLookup(name, spec, await context.openLookup(index));
      return operation(name, ENRICHMENTS.lookup, spec, (lookup, header) =>
        compileLookup(lookup, header, table),
      );
    }
    case 'constant':
      return operation(name, ENRICHMENTS.constant, spec, compileConstant);
    case 'lineage':
      return operation(name, ENRICHMENTS.lineage, spec, () => compileLineage(context.lineage));
  }
}
