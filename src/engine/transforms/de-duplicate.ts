import type { DeDuplicateSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { RowKey } from './row-key';
import type { TransformContext } from './transform-context';
import { IntegerPages } from '../unique/integer-pages';
import { KeyTable } from '../unique/key-table';
import { UniqueBudget } from '../unique/unique-budget';

/** Keeps one of the rows that are equal in some columns; the others are filtered. */
export function compileDeDuplicate(
  spec: DeDuplicateSpec,
  header: readonly string[],
  context: TransformContext,
  place: number,
): ApplyToBatch {
  const lastRows = context.lastRows.get(place);
  if (lastRows) {
    return (batch) => {
      for (const row of batch.keptRows()) if (!lastRows.has(batch.rowNumbers[row])) batch.filter(row);
    };
  }
  if (spec.keep === 'last') {
    throw new TypeError(
      'a deDuplicate that keeps the last row is for csvEngine.transform, which reads rows twice',
    );
  }
  if (context.duplicates) return context.duplicates.takeKeys(place, spec, header);
  const key = new RowKey(spec.columns, header);
  const seen = new KeyTable();
  const budget = budgetOf(context, seen);
  return (batch) => {
    for (const row of batch.keptRows()) {
      const { data, length } = key.take(batch, row);
      if (!seen.add(data, 0, length)) batch.filter(row);
    }
    budget.check();
  };
}

/** Finds the last row of each key, in one pass over the rows that come before the transform. */
export class LastRows {
  private readonly keys = new KeyTable();
  /** Number of the last row with each key, by the number of the key. */
  private rows = new Float64Array(1024);
  private readonly key: RowKey;
  private readonly budget: UniqueBudget;
  private count = 0;

  constructor(spec: DeDuplicateSpec, header: readonly string[], context: TransformContext) {
    this.key = new RowKey(spec.columns, header);
    this.budget = budgetOf(context, this);
  }

  get bytes(): number {
    return this.keys.bytes + this.rows.byteLength;
  }

  readonly apply: ApplyToBatch = (batch) => {
    for (const row of batch.keptRows()) {
      const { data, length } = this.key.take(batch, row);
      const known = this.keys.indexOf(data, 0, length);
      if (known < 0) this.keys.add(data, 0, length);
      this.set(known < 0 ? this.count++ : known, batch.rowNumbers[row]);
    }
    this.budget.check();
  };

  /** The numbers of these rows. */
  found(): IntegerPages {
    const pages = new IntegerPages();
    for (const number of this.rows.subarray(0, this.count)) pages.add(number);
    return pages;
  }

  private set(index: number, number: number): void {
    if (index === this.rows.length) {
      const grown = new Float64Array(index * 2);
      grown.set(this.rows);
      this.rows = grown;
    }
    this.rows[index] = number;
  }
}

/** A budget for the keys of one `de-duplicate`. */
export function budgetOf(
  { uniqueBudgetBytes }: Pick<TransformContext, 'uniqueBudgetBytes'>,
  keys: { readonly bytes: number },
): UniqueBudget {
  const budget = new UniqueBudget(uniqueBudgetBytes, 'the rows that deDuplicate tells apart');
  budget.register(keys);
  return budget;
}
