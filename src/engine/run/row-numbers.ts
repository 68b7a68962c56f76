import { contractViolation } from './contract-violation';
import { IntegerPages } from '../unique/integer-pages';

/** Memory that row numbers may take: enough for 500 million rows, since they lie close together. */
const BUDGET_BYTES = 64 * 1024 * 1024;

/** Tells whether a row number was there before, in any order, at one bit a row. */
export class RowNumbers {
  private readonly pages = new IntegerPages();

  /** False where the number was there already. */
  add(number: number): boolean {
    const fresh = this.pages.add(number);
    if (this.pages.bytes > BUDGET_BYTES) {
      throw contractViolation(
        'the row numbers of what a step wrote lie so far apart that they cannot be those of the source',
      );
    }
    return fresh;
  }
}
