import type { RecordBatch } from '../batch';
import type { Codec } from './codec';
import type { ColumnChunk, ColumnEncoders } from './column-chunk';
import { ColumnEncoder } from './column-encoder';
import type { ParquetColumn } from './column-type';
import { PageChunks } from './page-chunks';
import { type PageLimits, pageLimits } from './page-limits';
import { outputError } from '../output/output-error';

/** Encodes columns in TypeScript. */
export class TypescriptColumns implements ColumnEncoders {
  private readonly encoders: readonly ColumnEncoder[];

  constructor(
    private readonly columns: readonly ParquetColumn[],
    codec: Codec,
    limits: PageLimits = pageLimits(columns.length),
    chunks = new PageChunks(false),
  ) {
    this.encoders = columns.map(({ type }) => new ColumnEncoder(type, codec, limits, chunks));
  }

  get bytes(): number {
    return this.encoders.reduce((sum, encoder) => sum + encoder.bytes, 0);
  }

  take(batch: RecordBatch, rows: Int32Array): void {
    this.encoders.forEach((encoder, index) => {
      const cells = batch.columns[index];
      for (const row of rows) {
        const problem = encoder.add(cells, row);
        if (problem !== undefined) {
          throw outputError(batch.rowNumbers[row], this.columns[index].name, problem);
        }
      }
    });
  }

  endGroup(): ColumnChunk[] {
    return this.encoders.map((encoder) => encoder.endGroup());
  }
}
