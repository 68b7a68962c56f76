import type { ColumnEntries, RecordBatch } from '../batch';
import type { Codec } from './codec';
import type { ColumnChunk, ColumnEncoders } from './column-chunk';
import type { ParquetColumn } from './column-type';
import { CellPlacer, type KernelCells } from './kernel-cells';
import { KernelColumn, pageRoom } from './kernel-column';
import { PageChunks } from './page-chunks';
import { type PageLimits, pageLimits } from './page-limits';
import type { KernelMemory } from '../kernel/kernel-memory';
import { outputError } from '../output/output-error';

/** Bytes of a value among those that were read. */
const VALUE_BYTES = 16;

const NO_ENTRIES: ColumnEntries = { list: 0, count: 0, numbers: 0 };

/**
 * Encodes columns in the kernel, to the same bytes as TypescriptColumns does. What the kernel does not read of a cell is
 * read here, by the type's own definition.
 */
export class KernelColumns implements ColumnEncoders {
  private readonly columns: readonly KernelColumn[];
  private readonly placer: CellPlacer;

  constructor(
    columns: readonly ParquetColumn[],
    codec: Codec,
    private readonly memory: KernelMemory,
    limits: PageLimits = pageLimits(columns.length),
    chunks = new PageChunks(false),
  ) {
    const room = pageRoom(memory, limits);
    this.columns = columns.map((column) => new KernelColumn(column, codec, memory, limits, room, chunks));
    this.placer = new CellPlacer(memory);
  }

  get bytes(): number {
    return this.columns.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  take(batch: RecordBatch, rows: Int32Array): void {
    const { memory, placer } = this;
    const { kernel } = memory;
    placer.open(batch, rows);
    const kept = kernel.KEPT_ROWS.value;
    memory.words(kept, rows.length).set(rows);
    this.columns.forEach((column, index) => {
      const cells = placer.place(index, batch.columns[index], rows);
      kernel.parquetCells(cells.starts, cells.ends, kept);
      const { list, count, numbers } = batch.columns[index].entries ?? NO_ENTRIES;
      kernel.parquetEntries(column.address, list, count, numbers);
      this.readValues(column, cells, batch, rows);
      column.append(rows.length, (at) => this.cell(cells, rows[at]));
    });
  }

  endGroup(): ColumnChunk[] {
    return this.columns.map((column) => column.endGroup());
  }

  private readValues(
    { address, column }: KernelColumn,
    cells: KernelCells,
    batch: RecordBatch,
    rows: Int32Array,
  ): void {
    const { kernel, bytes } = this.memory;
    const count = kernel.parquetRead(address, rows.length);
    if (count === 0) return;
    for (const at of this.memory.words(kernel.LEFT.value, count)) {
      const { byteOffset, length } = this.cell(cells, rows[at]);
      const target = kernel.VALUES.value + at * VALUE_BYTES;
      const problem = column.type.write!(bytes, byteOffset, byteOffset + length, bytes, target);
      if (problem !== undefined) throw outputError(batch.rowNumbers[rows[at]], column.name, problem);
    }
  }

  private cell({ starts, ends }: KernelCells, row: number): Buffer {
    const { memory } = this;
    const [start] = memory.words(starts + row * 4, 1);
    const [end] = memory.words(ends + row * 4, 1);
    return memory.bytes.subarray(start, end);
  }
}
