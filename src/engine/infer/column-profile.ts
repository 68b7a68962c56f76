import { type Candidate, CANDIDATES, type FieldShape, TEXT } from './candidates';
import { DistinctValues } from './distinct-values';
import { MISSING_TEXTS, missingText } from './missing-texts';
import { UniqueValues } from './unique-values';
import { type Column, cellText } from '../batch';

/** What has been seen of a column. */
export class ColumnProfile {
  readonly unique = new UniqueValues();
  private readonly distinct = new DistinctValues();
  private candidates: Candidate[];
  /** Cells with something in them that is no missing text. */
  private values = 0;
  private empty = 0;
  /** How often each of MISSING_TEXTS was seen. */
  private readonly missing = new Map<number, number>();

  constructor(readonly name: string) {
    this.candidates = CANDIDATES.filter(({ label }) => label === undefined || label.test(name));
  }

  /** Takes the cells of some rows. */
  add(column: Column, rows: Int32Array): void {
    const { data, start, end } = column;
    for (const row of rows) {
      if (start[row] === end[row]) {
        this.empty++;
        continue;
      }
      const missing = missingText(data, start[row], end[row]);
      if (missing >= 0) {
        this.missing.set(missing, (this.missing.get(missing) ?? 0) + 1);
        continue;
      }
      this.values++;
      this.unique.add(data, start[row], end[row]);
      if (this.candidates.length > 0 || this.distinct.few) this.addText(cellText(column, row));
    }
  }

  /** The reading of the column, and what else holds. */
  result(): ColumnResult {
    const [first] = this.values > 0 ? this.candidates : [];
    const shape = first?.shape ?? TEXT;
    // In plain text they are words like any other: NA may be Namibia.
    const asMissing = first === undefined ? [] : [...this.missing.keys()];
    const words = first === undefined ? [...this.missing] : [];
    const missingTexts = asMissing.map((index) => MISSING_TEXTS[index]);
    const wordCells = words.reduce((sum, [, times]) => sum + times, 0);
    const cells = this.values + wordCells;
    for (const [index] of words) this.distinct.add(MISSING_TEXTS[index]);
    return {
      name: this.name,
      shape,
      values: cells,
      missing: this.empty + [...this.missing.values()].reduce((sum, times) => sum + times, 0) - wordCells,
      missingTexts,
      unique: words.some(([, times]) => times > 1) ? false : this.unique.unique,
      enumeration: first === undefined ? this.distinct.enumeration(cells) : undefined,
      alternatives: this.alternatives(shape),
    };
  }

  private addText(text: string): void {
    this.distinct.add(text);
    if (this.candidates.some((one) => !one.holds(text))) {
      this.candidates = this.candidates.filter((one) => one.holds(text));
    }
  }

  /** Other formats of a date that hold as well, so that a person has to decide. */
  private alternatives({ type, format }: FieldShape): string[] {
    if (!format.startsWith('%')) return [];
    return this.candidates
      .map(({ shape }) => shape)
      .filter((one) => one.type === type && one.format !== format)
      .map((one) => one.format);
  }
}

/** What a column was found to be. */
export interface ColumnResult {
  readonly name: string;
  readonly shape: FieldShape;
  /** Cells with a value. */
  readonly values: number;
  /** Cells without one. */
  readonly missing: number;
  /** Texts that were taken for missing values, besides the empty one. */
  readonly missingTexts: readonly string[];
  /** Whether no value stands twice; undefined where finding out took too much memory. */
  readonly unique: boolean | undefined;
  /** The values, where they are few and come again and again. */
  readonly enumeration: readonly string[] | undefined;
  /** Other date formats that hold as well: no day above 12. */
  readonly alternatives: readonly string[];
}
