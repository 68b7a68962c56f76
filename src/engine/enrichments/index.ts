import { ENRICHMENTS } from '../../spec/enrichments/enrichment-rules';
import type { EnrichmentSpec } from '../../spec/enrichments/enrichment-spec';
import type { BatchOperation } from '../batch';
import { compileOperations, operation, type Operation } from '../compile-operations';
import type { ByteSource, Lineage } from '../engine';
import { compileConstant } from './constant';
import { compileLineage } from './lineage';
import { compileLookup } from './lookup';
import { loadLookup, type LookupTable } from './lookup-table';

/** What enrichments need from outside. */
export interface EnrichmentContext {
  /** Opens the file of the lookup at a place in the list. */
  readonly openLookup: (index: number) => Promise<ByteSource>;
  readonly lineage: Lineage;
}

/** What they need once the lookup files are read. */
export interface LoadedContext {
  /** The lookup at each place in the list; undefined at the places of other enrichments. */
  readonly lookups: ReadonlyArray<LookupTable | undefined>;
  readonly lineage: Lineage;
}

/**
 * Compiles enrichments for a header (`_row` left out), and reads the lookup files. Throws PipelineError `unknown-column`,
 * `duplicate-label`, `lookup-unreadable` or `lookup-duplicate-key`.
 */
export async function compileEnrichments(
  specs: readonly EnrichmentSpec[],
  header: readonly string[],
  { openLookup, lineage }: EnrichmentContext,
): Promise<BatchOperation> {
  return compileLoaded(specs, header, { lookups: await loadLookups(specs, openLookup), lineage });
}

/** Reads the lookup files, one after the other. Throws PipelineError `lookup-unreadable` or `lookup-duplicate-key`. */
export async function loadLookups(
  specs: readonly EnrichmentSpec[],
  openLookup: EnrichmentContext['openLookup'],
): Promise<Array<LookupTable | undefined>> {
  const lookups: Array<LookupTable | undefined> = [];
  for (const [index, spec] of specs.entries()) {
    const isLookup = spec.type === 'lookup';
    lookups.push(isLookup ? await loadLookup(nameOf(spec, index), spec, await openLookup(index)) : undefined);
  }
  return lookups;
}

/** Compiles enrichments whose lookup files have been read. */
export function compileLoaded(
  specs: readonly EnrichmentSpec[],
  header: readonly string[],
  { lookups, lineage }: LoadedContext,
): BatchOperation {
  const operations = specs.map((spec, index): Operation => {
    const name = nameOf(spec, index);
    switch (spec.type) {
      case 'lookup':
        return operation(name, ENRICHMENTS.lookup, spec, (lookup, columns) =>
          compileLookup(lookup, columns, lookups[index]!),
        );
      case 'constant':
        return operation(name, ENRICHMENTS.constant, spec, compileConstant);
      case 'lineage':
        return operation(name, ENRICHMENTS.lineage, spec, () => compileLineage(lineage));
    }
  });
  return compileOperations(operations, header);
}

function nameOf({ type }: EnrichmentSpec, index: number): string {
  return `enrichments[${index}] (${type})`;
}
