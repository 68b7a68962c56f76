/** A case of a public set, as the extracting scripts of .ci/conformance print it. */
export type Case = RecordsCase | CellCase | TableCase | DialectCase;

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

/** A CSV, what its metadata say of it, and the texts in it. */
export interface TableCase {
  readonly set: string;
  readonly name: string;
  /** The CSV, in base64. */
  readonly bytes: string;
  /** Properties of a dialect of CSV on the Web. */
  readonly dialect: Readonly<Partial<Record<'delimiter' | 'quoteChar' | 'trim' | 'lineTerminators', string>>>;
  readonly columns: readonly TableColumn[];
  /** For each row, pairs of a column's predicate and a text, sorted; absent where the metadata are refused. */
  readonly rows?: ReadonlyArray<ReadonlyArray<readonly [string, string]>>;
}

export interface TableColumn {
  readonly name: string;
  /** Absent where the cells are no texts of the rows. */
  readonly predicate?: string;
  /** Type of the values, and how they are written. */
  readonly base: string;
  readonly format?: string;
  /** What stands for a missing value, and the text that counts as one. */
  readonly filling?: string;
  readonly missing?: string;
}

/** A CSV, and what is to be found out of it. */
export interface DialectCase {
  readonly set: string;
  readonly name: string;
  readonly input: string;
  readonly property: 'delimiter' | 'quoteChar' | 'header';
  readonly expected: string | boolean;
}

/** What came of a case. */
export type Verdict =
  | { readonly kind: 'passed' }
  /** It is about something that is no part of reading records or cells. */
  | { readonly kind: 'not-applicable'; readonly why: string }
  | { readonly kind: 'differs'; readonly got: string; readonly expected: string };
