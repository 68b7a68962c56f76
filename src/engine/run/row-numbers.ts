import { contractViolation } from './contract-violation';
import { IntegerPages } from '../unique/integer-pages';

/** Memory that row numbers may take: enough for 500 million rows, since they lie close together. */
const BUDGET_BYTES = 64 * 1024 * 1024;

/**
 * The rows of a source that steps have written or rejected, each of them once, in any order; at one bit a row. One step
 * may be held to it alone, or the rejects and the output of a job together.
 */
export class RowNumbers {
  private readonly pages = new IntegerPages();

  /** Numbers of the source's first and last row, where they are known. */
  constructor(
    private readonly first = 1,
    private readonly last = Infinity,
  ) {}

  /**
   * Takes a row of a step's file. Throws PipelineError `step-contract-violation` where the source has no such row, and
   * where the row was there before.
   */
  add(number: number, record: number): void {
    if (number < this.first || number > this.last) {
      throw contractViolation(`a step wrote or rejected row ${number}, which the source does not have`, {
        record,
      });
    }
    if (!this.pages.add(number)) {
      throw contractViolation(`row ${number} is written or rejected more than once`, { record });
    }
    if (this.pages.bytes > BUDGET_BYTES) {
      throw contractViolation(
        'the row numbers of what a step wrote lie so far apart that they cannot be those of the source',
      );
    }
  }
}
