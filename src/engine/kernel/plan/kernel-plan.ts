import { HostOperation } from './host-operation';
import type { PlanBuilder } from './plan-builder';
import type { PlanColumn } from './plan-column';
import { planRecords, type WritePlan } from './segments';
import { Column, type ColumnEntries } from '../../batch';
import type { KernelBatch } from '../kernel-batch';
import { words } from '../words';

/** Room for the cells that operations make of one batch; what does not fit is left to the host. */
const ARENA_BYTES = 1024 * 1024;

/** What writes columns remembers a number for each entry of a lookup, up to so many. */
const MOST_ENTRIES = 32 * 1024;
const ENTRY_NUMBER_BYTES = 2;

/** How records leave the kernel. */
export type RecordForm =
  /** Written as CSV, behind their row number or not. */
  | 'numbered-csv'
  | 'csv'
  /** As slots, from which the host writes them. */
  | 'slots'
  /** Not at all: they are counted. */
  | 'none';

const NO_RECORDS: WritePlan = {
  segments: 0,
  firstSegment: 0,
  times: 0,
  beside: 0,
  cellAlone: false,
  leastKind: 0,
  numberSeparator: 0,
};

/** What is done to the accepted records of each batch, and how they are written: a program that is data. */
export class KernelPlan {
  /** Where it lies in the kernel's memory. */
  readonly address: number;
  /** Bytes that a record takes at most, and so many times those that it has in the source. */
  readonly beside: number;
  readonly times: number;
  /** Slots of the columns, where records leave the kernel as these. */
  private readonly columnSlots: readonly number[];
  private readonly columnEntries: ReadonlyArray<ColumnEntries | undefined>;
  private seen: readonly Column[] = [];

  constructor(
    private readonly builder: PlanBuilder,
    form: RecordForm,
    columns: readonly PlanColumn[] = builder.columns,
  ) {
    const { memory } = builder;
    this.columnSlots = form === 'slots' ? columns.map((column) => builder.slotOf(column)) : [];
    this.columnEntries = form === 'slots' ? columns.map((column) => columnEntries(builder, column)) : [];
    const isCsv = form === 'csv' || form === 'numbered-csv';
    const plan = isCsv ? planRecords(builder, columns, form === 'numbered-csv') : NO_RECORDS;
    const { operations } = builder;
    const firstOperation = memory.store(words(operations.flat()));
    const arenaBytes = operations.length > 0 ? ARENA_BYTES : 0;
    const arena = memory.allocate(arenaBytes);
    this.beside = plan.beside;
    this.times = plan.times;
    this.address = memory.store(
      words([
        ...[operations.length, firstOperation, arena, arena + arenaBytes],
        ...[plan.segments, plan.firstSegment, plan.times, plan.beside],
        ...[plan.cellAlone ? 1 : 0, plan.leastKind, plan.numberSeparator],
      ]),
    );
  }

  /** Does the operations on the accepted records of a batch. Some of them may become doubtful. */
  operate(batch: KernelBatch): void {
    const { memory, steps } = this.builder;
    const { kernel } = memory;
    kernel.begin(this.address, batch.rows, batch.firstRow);
    for (const step of steps) {
      if (step instanceof HostOperation) step.apply(batch);
      else kernel.operate(batch.program.address, this.address, step.from, step.to, batch.rows);
    }
  }

  /** The columns of the records of a batch, where they leave the kernel as slots; valid for the batch. */
  columns(): readonly Column[] {
    const { slots } = this.builder;
    this.seen = this.columnSlots.map((slot, index) => {
      const { data, start, end } = slots.column(slot);
      const seen = this.seen[index];
      // The same objects while the memory does not grow: whoever writes them knows them again.
      return seen?.start === start ? seen : new Column(data, start, end, this.columnEntries[index]);
    });
    return this.seen;
  }
}

/** What of a lookup tells the cells of a column, for tables that are not large. */
function columnEntries({ memory, keyEntries }: PlanBuilder, column: PlanColumn): ColumnEntries | undefined {
  const found = column.kind === 'entry' ? column : keyEntries.get(column);
  if (!found || found.entries.keyed > MOST_ENTRIES) return undefined;
  const { keyed, other } = found.entries;
  const count = column.kind === 'entry' ? Math.max(keyed, other) : keyed;
  return { list: found.slot, count, numbers: memory.allocate(ENTRY_NUMBER_BYTES * (count + 1)) };
}
