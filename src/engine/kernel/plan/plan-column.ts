import type { LookupEntries } from './lookup-entries';

/**
 * How long the cells of a slot are at most: so many bytes, as parts of the cells of a source column no longer than those, or
 * as it comes.
 */
export type MostBytes = number | { readonly partsOf: number } | 'any';

/** A slot that has entries in place of cells. */
export interface EntrySlot {
  readonly slot: number;
  readonly entries: LookupEntries;
}

/** Where the cells of a column lie once the operations before it are done. */
export type PlanColumn =
  | { readonly kind: 'source'; readonly index: number }
  | {
      readonly kind: 'slot';
      readonly slot: number;
      readonly most: MostBytes;
      /** No cell ever needs quotes. */
      readonly isPlain: boolean;
    }
  | { readonly kind: 'constant'; readonly text: string }
  /** A cell of what a lookup has found: `slot` has the entries. */
  | (EntrySlot & { readonly kind: 'entry'; readonly cell: number });
