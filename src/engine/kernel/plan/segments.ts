import { SEGMENT_KINDS } from './operation-codes';
import type { PlanBuilder } from './plan-builder';
import type { PlanColumn } from './plan-column';
import { csvCell } from '../../write/csv-cell';
import { SLOT_ENDS } from '../slots';
import { words } from '../words';

const COMMA = 0x2c;

/** What a record takes beside its cells: a row number, and what the kernel writes beyond the end. */
const RECORD_BYTES = 64;
/** Quotes around a cell. */
const CELL_BYTES = 2;
/** A longer separator would not fit its segment, see Segment of the assembly. */
const SEPARATOR_BYTES = 16;

/** A part of a record as it is written, see Segment of the assembly. */
interface Segment {
  readonly kind: keyof typeof SEGMENT_KINDS;
  readonly a: number;
  readonly b: number;
  /** The source column of which the cells are parts. */
  readonly source?: number;
  /** Bytes at most: so many, and so many times those of the record in the source. */
  readonly bytes: number;
  readonly times?: number;
  /** What stands behind it in all records. */
  separator: string;
}

/** How the kernel writes records, as data in its memory. */
export interface WritePlan {
  readonly segments: number;
  readonly firstSegment: number;
  readonly times: number;
  readonly beside: number;
  readonly cellAlone: boolean;
  readonly leastKind: number;
  /** The byte behind the number of a record, 0 where it has none. */
  readonly numberSeparator: number;
}

/** Plans records of some columns, behind their row number where `numbered` says so. */
export function planRecords(
  builder: PlanBuilder,
  columns: readonly PlanColumn[],
  numbered: boolean,
): WritePlan {
  const segments = segmentsOf(builder, columns);
  const data = segments.map(segmentBytes);
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    segments: segments.length,
    firstSegment: builder.memory.store(Buffer.concat(data)),
    times: sum(segments.map(({ times = 0 }) => times)),
    beside:
      sum(segments.map(({ bytes, separator }) => bytes + Buffer.byteLength(separator))) +
      columns.length * CELL_BYTES +
      RECORD_BYTES,
    leastKind: Math.min(...segments.map(({ kind }) => SEGMENT_KINDS[kind])),
    cellAlone: columns.length === 1 && !numbered,
    numberSeparator: numbered ? COMMA : 0,
  };
}

function segmentBytes({ kind, a, b, source = 0, separator }: Segment): Buffer {
  const isSource = kind === 'columns' ? -1 : 0;
  const length = Buffer.byteLength(separator);
  return Buffer.concat([
    words([SEGMENT_KINDS[kind], a, b, isSource, source * 4, length, 0, 0]),
    Buffer.alloc(SEPARATOR_BYTES, separator),
  ]);
}

function segmentsOf(builder: PlanBuilder, columns: readonly PlanColumn[]): Segment[] {
  const segments: Segment[] = [];
  // A record without columns is an empty line still.
  if (columns.length === 0) addText(builder, segments, '', '\n');
  for (let index = 0; index < columns.length;) {
    const end = behindNeighbours(columns, index);
    const separator = end === columns.length ? '\n' : ',';
    const column = columns[index];
    if (column.kind === 'constant') {
      addText(builder, segments, columns.slice(index, end).map(constantText).join(','), separator);
    } else if (column.kind === 'source') {
      segments.push({ ...sourceSegment(column.index, end - index), separator });
    } else {
      segments.push({
        ...(column.kind === 'entry' ? entryText(builder, column) : cells(builder, column)),
        separator,
      });
    }
    index = end;
  }
  return segments;
}

/** The place behind the columns that can be written together with the one at a place. */
function behindNeighbours(columns: readonly PlanColumn[], from: number): number {
  let end = from + 1;
  while (end < columns.length && areNeighbours(columns[end - 1], columns[end])) end++;
  return end;
}

/** The columns of a lookup are never parted. */
function areNeighbours(a: PlanColumn, b: PlanColumn): boolean {
  if (a.kind === 'source' && b.kind === 'source') return b.index === a.index + 1;
  if (a.kind === 'entry' && b.kind === 'entry') return a.slot === b.slot && b.cell === a.cell + 1;
  return a.kind === 'constant' && b.kind === 'constant';
}

function constantText(column: PlanColumn): string {
  return csvCell((column as { text: string }).text);
}

/** Has a text stand in each record: with what separates the segment before it from the next one, where it fits. */
function addText(builder: PlanBuilder, segments: Segment[], text: string, separator: string): void {
  const last = segments.at(-1);
  const joined = last && `${last.separator}${text}${separator}`;
  if (joined && Buffer.byteLength(joined) <= SEPARATOR_BYTES) {
    last.separator = joined;
    return;
  }
  const segment = slotSegment('plainCells', builder.constantSlot(text));
  segments.push({ ...segment, bytes: Buffer.byteLength(text), separator });
}

function sourceSegment(first: number, count: number): Omit<Segment, 'separator'> {
  return { kind: 'columns', a: first * 4, b: (first + count) * 4, bytes: 0, times: 2 };
}

function slotSegment(kind: keyof typeof SEGMENT_KINDS, slot: number): Pick<Segment, 'kind' | 'a' | 'b'> {
  return { kind, a: slot, b: slot + SLOT_ENDS };
}

function entryText(
  builder: PlanBuilder,
  { slot, entries }: Extract<PlanColumn, { kind: 'entry' }>,
): Omit<Segment, 'separator'> {
  const texts = builder.slots.add();
  builder.emit('entryTexts', slot, texts, 0, 0, entries.texts);
  return { ...slotSegment('plainCells', texts), bytes: entries.mostTextBytes };
}

function cells(
  builder: PlanBuilder,
  { slot, most, isPlain }: Extract<PlanColumn, { kind: 'slot' }>,
): Omit<Segment, 'separator'> {
  if (typeof most === 'object') {
    return { ...slotSegment('sourceCells', slot), source: most.partsOf, bytes: 0, times: 2 };
  }
  const kind = isPlain ? 'plainCells' : 'cells';
  return { ...slotSegment(kind, slot), bytes: 2 * (most === 'any' ? builder.limit(slot) : most) };
}
