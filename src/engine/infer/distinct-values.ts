/** Values that an enumeration has at most. */
const MOST_VALUES = 25;
/** How often a value of an enumeration stands in the column on average, at least. */
const TIMES_EACH = 10;

/** The different values of a column while they are few. */
export class DistinctValues {
  private readonly texts = new Set<string>();

  /** False where there are too many of them to be worth counting. */
  get few(): boolean {
    return this.texts.size <= MOST_VALUES;
  }

  add(text: string): void {
    if (this.few) this.texts.add(text);
  }

  /** The values as an enumeration; undefined where a number of cells is not enough to take them for one. */
  enumeration(cells: number): string[] | undefined {
    const { size } = this.texts;
    return this.few && size > 1 && cells >= size * TIMES_EACH ? [...this.texts].sort() : undefined;
  }
}
