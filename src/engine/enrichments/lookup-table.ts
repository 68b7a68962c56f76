import type { LookupSpec } from '../../spec/enrichments/enrichment-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { ByteSource } from '../engine';
import { readCsv, type CsvRecord } from '../read/read-csv';

/** A lookup file in memory: its columns as one piece of bytes, its rows found by key. */
export interface LookupTable {
  readonly data: Buffer;
  /** For each output column where the cell of a row begins and ends in `data`. */
  readonly columns: ReadonlyArray<{ readonly start: readonly number[]; readonly end: readonly number[] }>;
  readonly rows: ReadonlyMap<string, number>;
}

/** One key of several parts. The lengths keep apart what would be the same text when joined. */
export function lookupKey(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0] : parts.map((part) => `${part.length}:${part}`).join('');
}

/**
 * Reads a lookup file. Throws PipelineError `lookup-duplicate-key` where a key stands twice, since a join must not
 * multiply rows, and `lookup-unreadable` where the file is no CSV with the columns that are asked for.
 */
export async function loadLookup(name: string, spec: LookupSpec, source: ByteSource): Promise<LookupTable> {
  const loading = new Loading(name, spec);
  try {
    for await (const record of readCsv(source)) loading.add(record);
  } catch (error) {
    if (!(error instanceof PipelineError) || error.code.startsWith('lookup-')) throw error;
    throw new PipelineError(
      'lookup-unreadable',
      `the file of ${name} cannot be read: ${error.message}`,
      error.position,
    );
  }
  return loading.table();
}

class Loading {
  private keyColumns: number[] = [];
  private valueColumns: number[] = [];
  private width = 0;
  private length = 0;
  private readonly pieces: Buffer[] = [];
  private readonly columns: Array<{ start: number[]; end: number[] }>;
  private readonly rows = new Map<string, number>();

  constructor(
    private readonly name: string,
    private readonly spec: LookupSpec,
  ) {
    this.columns = spec.columns.map(() => ({ start: [], end: [] }));
  }

  add(record: CsvRecord): void {
    if (record.row === 1) this.readHeader(record.cells);
    else if (!record.blank) this.readRow(record);
  }

  table(): LookupTable {
    return { data: Buffer.concat(this.pieces), columns: this.columns, rows: this.rows };
  }

  private readHeader(labels: readonly string[]): void {
    const find = (column: string): number => {
      const index = labels.indexOf(column);
      if (index >= 0 && index === labels.lastIndexOf(column)) return index;
      return this.unreadable(`${index < 0 ? 'lacks' : 'has twice'} the column ${JSON.stringify(column)}`, 1);
    };
    this.width = labels.length;
    this.keyColumns = this.spec.on.map(({ lookupColumn }) => find(lookupColumn));
    this.valueColumns = this.spec.columns.map(({ lookupColumn }) => find(lookupColumn));
  }

  private readRow({ row, cells }: CsvRecord): void {
    if (cells.length !== this.width) {
      this.unreadable(`has ${cells.length} cells in record ${row}, and ${this.width} in its header`, row);
    }
    const parts = this.keyColumns.map((index) => Buffer.from(cells[index], 'utf8').toString('latin1'));
    // An empty key is a missing value, which equals nothing.
    if (parts.includes('')) return;
    const key = lookupKey(parts);
    if (this.rows.has(key)) {
      throw new PipelineError(
        'lookup-duplicate-key',
        `the file of ${this.name} has a key again in record ${row}`,
        {
          record: row,
        },
      );
    }
    const index = this.rows.size;
    this.rows.set(key, index);
    this.valueColumns.forEach((column, at) => {
      const bytes = Buffer.from(cells[column], 'utf8');
      this.columns[at].start[index] = this.length;
      this.length += bytes.length;
      this.columns[at].end[index] = this.length;
      this.pieces.push(bytes);
    });
  }

  private unreadable(what: string, record: number): never {
    throw new PipelineError('lookup-unreadable', `the file of ${this.name} ${what}`, { record });
  }
}
