import { SEGMENT_KINDS } from './operation-codes';
import type { PlanBuilder } from './plan-builder';
import type { PlanColumn } from './plan-column';
import type { KernelMemory } from '../kernel-memory';
import { words } from '../words';

const COMMA = 0x2c;
const LF = 0x0a;

/** What a record takes beside its cells: a row number, and what the kernel writes beyond the end. */
const RECORD_BYTES = 64;
/** Quotes around a cell, and what separates it from the next one. */
const CELL_BYTES = 3;

/** A part of a record as it is written, see Segment of the assembly. */
interface Segment {
  readonly kind: keyof typeof SEGMENT_KINDS;
  readonly a: number;
  readonly b?: number;
  /** Bytes at most: so many, and so many times those of the record in the source. */
  readonly bytes: number;
  readonly times?: number;
}

/** How the kernel writes records, as data in its memory. */
export interface WritePlan {
  readonly segments: number;
  readonly firstSegment: number;
  readonly times: number;
  readonly beside: number;
  readonly cellAlone: boolean;
}

/** Plans records of some columns, behind their row number where `numbered` says so. */
export function planRecords(
  builder: PlanBuilder,
  columns: readonly PlanColumn[],
  numbered: boolean,
): WritePlan {
  const segments = segmentsOf(builder, columns);
  if (numbered) segments.unshift({ kind: 'rowNumbers', a: 0, bytes: 0 });
  const last = segments.length - 1;
  const data = segments.flatMap(({ kind, a, b = 0 }, index) => [
    SEGMENT_KINDS[kind],
    a,
    b,
    index === last ? LF : COMMA,
  ]);
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    segments: segments.length,
    firstSegment: builder.memory.store(words(data)),
    times: sum(segments.map(({ times = 0 }) => times)),
    beside: sum(segments.map(({ bytes }) => bytes)) + columns.length * CELL_BYTES + RECORD_BYTES,
    cellAlone: columns.length === 1 && !numbered,
  };
}

function segmentsOf(builder: PlanBuilder, columns: readonly PlanColumn[]): Segment[] {
  const segments: Segment[] = [];
  for (let index = 0; index < columns.length;) {
    const column = columns[index];
    const end = behindNeighbours(columns, index);
    if (column.kind === 'source') segments.push(sourceSegment(column.index, end - index));
    else if (column.kind === 'constant') segments.push(literal(builder.memory, columns.slice(index, end)));
    // The columns of a lookup are never parted.
    else if (column.kind === 'entry') segments.push(entryText(column));
    else segments.push(cells(builder, column));
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

function areNeighbours(a: PlanColumn, b: PlanColumn): boolean {
  if (a.kind === 'source' && b.kind === 'source') return b.index === a.index + 1;
  if (a.kind === 'entry' && b.kind === 'entry') return a.slot === b.slot && b.cell === a.cell + 1;
  return a.kind === 'constant' && b.kind === 'constant';
}

function sourceSegment(first: number, count: number): Segment {
  return { kind: 'columns', a: first * 4, b: (first + count) * 4, bytes: 0, times: 2 };
}

function literal(memory: KernelMemory, columns: readonly PlanColumn[]): Segment {
  const texts = columns.map((column) => {
    const { text } = column as { text: string };
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  const bytes = Buffer.from(texts.join(','));
  return { kind: 'literal', a: memory.store(bytes), b: bytes.length, bytes: bytes.length };
}

function entryText({ slot, entries }: Extract<PlanColumn, { kind: 'entry' }>): Segment {
  return { kind: 'entryTexts', a: slot, b: entries.texts, bytes: entries.mostTextBytes };
}

function cells(
  builder: PlanBuilder,
  { slot, most, isPlain }: Extract<PlanColumn, { kind: 'slot' }>,
): Segment {
  const kind = isPlain ? 'plainCells' : 'cells';
  if (most === 'record') return { kind, a: slot, bytes: 0, times: 2 };
  return { kind, a: slot, bytes: 2 * (most === 'any' ? builder.limit(slot) : most) };
}
