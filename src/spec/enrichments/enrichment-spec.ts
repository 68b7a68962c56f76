/** JSON form of every enrichment, told apart by `type`. */
export type EnrichmentSpec = LookupSpec | ConstantSpec | LineageSpec;

export interface LookupSpec {
  readonly type: 'lookup';
  readonly source: LookupSourceSpec;
  /** Column of the data, and the column of the lookup file that it is compared with, as text. */
  readonly on: ReadonlyArray<{ readonly column: string; readonly lookupColumn: string }>;
  /** Columns of the lookup file, and their names in the output. */
  readonly columns: ReadonlyArray<{ readonly lookupColumn: string; readonly column: string }>;
  readonly whenMissing:
    | { readonly type: 'null' }
    | { readonly type: 'reject' }
    | { readonly type: 'value'; readonly value: string };
}

/**
 * An asset lies in the same bucket as the spec itself, under a key made of its hash, so it never changes.
 * An object of the pipeline's bucket stands under `reference/`; its version is pinned once per job.
 */
export type LookupSourceSpec =
  { readonly type: 'asset'; readonly key: string } | { readonly type: 'bucket'; readonly key: string };

export interface ConstantSpec {
  readonly type: 'constant';
  readonly column: string;
  readonly value: string;
}

/** Appends `_source_key`, `_source_version`, `_source_row`, `_job_id` and `_spec_sha256`. */
export interface LineageSpec {
  readonly type: 'lineage';
}

export const LINEAGE_COLUMNS = [
  '_source_key',
  '_source_version',
  '_source_row',
  '_job_id',
  '_spec_sha256',
] as const;
