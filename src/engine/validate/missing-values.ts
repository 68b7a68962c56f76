import { KeyTable } from '../unique/key-table';

/** Tells cells that count as missing. */
export class MissingValues {
  private readonly table: KeyTable;
  private readonly emptyIsMissing: boolean;
  /** Longer cells need no look into the table. */
  private readonly longest: number;

  constructor(texts: readonly string[]) {
    this.table = KeyTable.of(texts);
    this.emptyIsMissing = texts.includes('');
    this.longest = Math.max(0, ...texts.map((text) => Buffer.byteLength(text)));
  }

  has(data: Buffer, start: number, end: number): boolean {
    if (end === start) return this.emptyIsMissing;
    return end - start <= this.longest && this.table.has(data, start, end);
  }
}
