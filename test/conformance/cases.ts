/** A case of a public set, as the extracting scripts of .ci/conformance print it. */
export type Case = RecordsCase | CellCase;

/** A CSV and the records in it. */
export interface RecordsCase {
  readonly set: string;
  readonly name: string;
  readonly input: string;
  /** Options of the set's own reader. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly expected?: ReadonlyArray<readonly string[]>;
  /** The reader refuses the CSV. */
  readonly error?: string;
  /** What the reader finds wrong and reads all the same. */
  readonly errors?: readonly string[];
}

/** A cell of a field, and whether it is a value of it. */
export interface CellCase {
  readonly set: string;
  readonly name: string;
  readonly field: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly cell: string;
  readonly valid: boolean;
  /** The value as JSON Lines have it; null where it is not compared. */
  readonly value: string | null;
}

/** What came of a case. */
export type Verdict =
  | { readonly kind: 'passed' }
  /** It is about something that is no part of reading records or cells. */
  | { readonly kind: 'not-applicable'; readonly why: string }
  | { readonly kind: 'differs'; readonly got: string; readonly expected: string };
