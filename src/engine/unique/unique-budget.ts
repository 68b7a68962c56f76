import type { IntegerSet } from './integer-pages';
import { KeySet } from './key-set';
import { PipelineError } from '../../spec/pipeline-error';

/** Memory that all keys of a job may take together. */
export class UniqueBudget {
  private readonly sets: Array<{ readonly bytes: number }> = [];

  constructor(
    private readonly limitBytes: number,
    private readonly what = 'the values of unique fields and primary keys',
    private readonly newIntegerSet?: () => IntegerSet,
  ) {}

  register(set: { readonly bytes: number }): void {
    this.sets.push(set);
  }

  /** A set of keys whose memory counts. */
  newKeySet(): KeySet {
    const set = new KeySet(this.newIntegerSet?.());
    this.register(set);
    return set;
  }

  /** Throws PipelineError `unique-budget-exceeded` where the sets have outgrown the budget. */
  check(): void {
    const bytes = this.sets.reduce((sum, set) => sum + set.bytes, 0);
    if (bytes <= this.limitBytes) return;
    throw new PipelineError(
      'unique-budget-exceeded',
      `${this.what} take more than ${this.limitBytes} bytes of memory`,
    );
  }
}
