import { KeySet } from '../unique/key-set';

/** Whether no value of a column stands in it twice, as far as memory lets that be known. */
export class UniqueValues {
  private seen?: KeySet = new KeySet();
  private outcome: boolean | undefined = true;

  /** True: no value twice so far. Undefined: given up, it took too much memory. */
  get unique(): boolean | undefined {
    return this.outcome;
  }

  /** Memory taken. */
  get bytes(): number {
    return this.seen?.bytes ?? 0;
  }

  /** Takes the bytes of a value, text for text. */
  add(data: Buffer, start: number, end: number): void {
    if (this.seen && !this.seen.add(data, start, end)) this.end(false);
  }

  giveUp(): void {
    this.end(undefined);
  }

  private end(outcome: false | undefined): void {
    this.seen = undefined;
    this.outcome = outcome;
  }
}

/** Gives up the columns that take most until all of them fit a budget. */
export function keepWithin(budgetBytes: number, columns: readonly UniqueValues[]): void {
  let bytes = columns.reduce((sum, column) => sum + column.bytes, 0);
  const largest = [...columns].sort((a, b) => b.bytes - a.bytes);
  for (const column of largest) {
    if (bytes <= budgetBytes) return;
    bytes -= column.bytes;
    column.giveUp();
  }
}
