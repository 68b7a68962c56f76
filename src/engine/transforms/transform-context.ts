import type { DeDuplicateSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import type { IntegerPages } from '../unique/integer-pages';

/** Keys of hashes by their names: bytes, or a text, whose bytes are its UTF-8. */
export type HashKeys = Readonly<Record<string, string | Uint8Array>>;

/** What transforms need beside their spec. */
export interface TransformContext {
  /** Memory for the rows that each `de-duplicate` tells apart. */
  readonly uniqueBudgetBytes: number;
  /** For each `de-duplicate` that keeps the last row, by its place in the list: numbers of the rows that it keeps. */
  readonly lastRows: ReadonlyMap<number, IntegerPages>;
  /** Needed where a transform is a `hash`. */
  readonly hashKeys?: HashKeys;
  /** Takes the keys of each `de-duplicate` that keeps the first row, to filter rows later. @default - they are filtered there */
  readonly duplicates?: KeysOfPlace;
}

/** Takes keys for whoever tells rows apart when all is done to them; `place` is that of the transform in the list. */
export interface KeysOfPlace {
  takeKeys(place: number, spec: DeDuplicateSpec, header: readonly string[]): ApplyToBatch;
}
