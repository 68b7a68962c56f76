import type { IntegerPages } from '../unique/integer-pages';

/** What transforms need beside their spec. */
export interface TransformContext {
  /** Memory for the rows that each `de-duplicate` tells apart. */
  readonly uniqueBudgetBytes: number;
  /** For each `de-duplicate` that keeps the last row, by its place in the list: numbers of the rows that it keeps. */
  readonly lastRows: ReadonlyMap<number, IntegerPages>;
}
