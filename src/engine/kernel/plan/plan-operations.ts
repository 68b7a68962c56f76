import { LookupEntries } from './lookup-entries';
import type { PlanBuilder } from './plan-builder';
import type { PlanColumn } from './plan-column';
import { planTransform } from './plan-transforms';
import { ENRICHMENTS } from '../../../spec/enrichments/enrichment-rules';
import {
  LINEAGE_COLUMNS,
  type EnrichmentSpec,
  type LookupSpec,
} from '../../../spec/enrichments/enrichment-spec';
import { columnsOf } from '../../../spec/expression/expression';
import { parseExpression } from '../../../spec/expression/parse-expression';
import { TRANSFORMS } from '../../../spec/transforms/transform-rules';
import type { DeDuplicateSpec, TransformSpec } from '../../../spec/transforms/transform-spec';
import { headerBehind } from '../../compile-operations';
import type { Lineage } from '../../engine';
import type { LoadedContext } from '../../enrichments';
import { compileLookup } from '../../enrichments/lookup';
import type { LookupTable } from '../../enrichments/lookup-table';
import { compileTransforms } from '../../transforms';
import type { TransformContext } from '../../transforms/transform-context';
import type { LateDuplicates } from '../late-duplicates';

/** What transforms need where the kernel runs. */
export type PlanContext = TransformContext & { readonly duplicates: LateDuplicates };

/** Whether the kernel may run transforms: the last of equal rows is found by reading all of them twice. */
export function canPlan(transforms: readonly TransformSpec[]): boolean {
  return transforms.every((spec) => spec.type !== 'de-duplicate' || spec.keep === 'first');
}

/** Plans transforms whose columns are known to fit the header. */
export function planTransforms(
  builder: PlanBuilder,
  specs: readonly TransformSpec[],
  context: PlanContext,
): void {
  for (const [place, spec] of specs.entries()) {
    if (spec.type === 'de-duplicate') planKeys(builder, spec, place, context);
    else if (!planTransform(builder, spec)) planOnHost(builder, spec, context);
    builder.header = headerAfter(spec, builder.header);
  }
}

function planKeys(
  builder: PlanBuilder,
  spec: DeDuplicateSpec,
  place: number,
  { duplicates }: PlanContext,
): void {
  const names = spec.columns ?? builder.header;
  builder.addHostOperation(names, [], (header) => duplicates.takeOwnKeys(place, spec, header));
}

function headerAfter<T extends TransformSpec['type']>(
  spec: Extract<TransformSpec, { type: T }>,
  header: readonly string[],
): readonly string[] {
  return headerBehind(TRANSFORMS[spec.type as T], spec, header);
}

/** What a transform reads, and what it makes: all that the host has to see of a record. */
function planOnHost(builder: PlanBuilder, spec: TransformSpec, context: TransformContext): void {
  const [reads, makes] = columnsOnHost(spec);
  builder.addHostOperation(reads, makes, (header) => compileTransforms([spec], header, context).apply);
}

function columnsOnHost(spec: TransformSpec): [reads: readonly string[], makes: readonly string[]] {
  switch (spec.type) {
    case 'derive':
      return [columnNames(spec.expression), [spec.column]];
    case 'filter':
      return [columnNames(spec.expression), []];
    case 'split':
      return [[spec.column], spec.into];
    default: {
      // All others that the kernel may not know rewrite one column.
      const { column } = spec as Extract<TransformSpec, { type: 'cast' }>;
      return [[column], [column]];
    }
  }
}

function columnNames(expression: string): string[] {
  return columnsOf(parseExpression(expression)).map(({ name }) => name);
}

/** Plans enrichments whose columns are known to fit the header. */
export function planEnrichments(
  builder: PlanBuilder,
  specs: readonly EnrichmentSpec[],
  { lookups, lineage }: LoadedContext,
): void {
  for (const [index, spec] of specs.entries()) {
    switch (spec.type) {
      case 'lookup':
        planLookup(builder, spec, lookups[index]!);
        builder.header = headerBehind(ENRICHMENTS.lookup, spec, builder.header);
        break;
      case 'constant':
        builder.setColumn(spec.column, { kind: 'constant', text: spec.value });
        builder.header = headerBehind(ENRICHMENTS.constant, spec, builder.header);
        break;
      case 'lineage':
        planLineage(builder, lineage);
        builder.header = headerBehind(ENRICHMENTS.lineage, spec, builder.header);
    }
  }
}

function planLookup(builder: PlanBuilder, spec: LookupSpec, table: LookupTable): void {
  const { on, columns, whenMissing } = spec;
  const other = otherText(whenMissing);
  const entries =
    on.length === 1 ? LookupEntries.of(builder.memory, table, columns.length, other) : undefined;
  if (!entries) {
    const made = columns.map(({ column }) => column);
    const keys = on.map(({ column }) => column);
    builder.addHostOperation(keys, made, (header) => compileLookup(spec, header, table));
    return;
  }
  const keyColumn = builder.column(on[0].column);
  const key = builder.slotOf(keyColumn);
  const slot = builder.slots.add();
  builder.emit('lookUp', key, slot, entries.other, 0, entries.directory);
  builder.keyEntries.set(keyColumn, { slot, entries });
  columns.forEach(({ column }, cell) => builder.setColumn(column, { kind: 'entry', slot, entries, cell }));
}

/** The text of all cells of a row without a match; undefined where there is none, as the row is rejected. */
function otherText(whenMissing: LookupSpec['whenMissing']): string | undefined {
  if (whenMissing.type === 'reject') return undefined;
  return whenMissing.type === 'value' ? whenMissing.value : '';
}

function planLineage(builder: PlanBuilder, lineage: Lineage): void {
  const [key, version, row, job, spec] = LINEAGE_COLUMNS;
  builder.setColumn(key, { kind: 'constant', text: lineage.sourceKey });
  builder.setColumn(version, { kind: 'constant', text: lineage.sourceVersion });
  builder.setColumn(row, builder.rowNumbers ?? numberedRows(builder));
  builder.setColumn(job, { kind: 'constant', text: lineage.jobId });
  builder.setColumn(spec, { kind: 'constant', text: lineage.specSha256 });
}

const MOST_ROW_NUMBER_BYTES = 20;

function numberedRows(builder: PlanBuilder): PlanColumn {
  const slot = builder.slots.add();
  builder.emit('numberRows', 0, slot);
  return { kind: 'slot', slot, most: MOST_ROW_NUMBER_BYTES, isPlain: true };
}
