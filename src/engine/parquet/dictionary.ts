import { GrowingBytes } from './growing-bytes';
import type { PageLimits } from './page-limits';

/**
 * After so many values of a row group a dictionary is given up that has nearly as many, so that columns of keys do not
 * fill one in vain.
 */
export const TRIAL_VALUES = 4096;
const MOST_OF_TRIAL = TRIAL_VALUES - TRIAL_VALUES / 16;

/** The distinct values of a column in a row group, in the order in which they came, while they are few. */
export class Dictionary {
  /** The values as PLAIN has them. */
  readonly plain = new GrowingBytes();
  private readonly numbers = new Map<string, number>();

  constructor(private readonly limits: PageLimits) {}

  /** Values. */
  get size(): number {
    return this.numbers.size;
  }

  get isTooLargeAfterTrial(): boolean {
    return this.size > MOST_OF_TRIAL;
  }

  reset(): void {
    this.numbers.clear();
    this.plain.reset();
  }

  /** The number of the value `data[from .. to)`, as PLAIN; undefined where it is new. */
  find(data: Buffer, from: number, to: number): number | undefined {
    return this.numbers.get(data.toString('latin1', from, to));
  }

  /** Takes a new value; gives false where there is no room for it. */
  add(data: Buffer, from: number, to: number): boolean {
    const { plain, numbers, limits } = this;
    const number = numbers.size;
    if (number === limits.dictionaryValues || plain.length + to - from > limits.dictionaryBytes) return false;
    plain.append(data.subarray(from, to));
    numbers.set(data.toString('latin1', from, to), number);
    return true;
  }
}
