import type { Counts } from '../shared/job';
import type { PipelineSpec } from '../spec/pipeline-spec';
import type { ByteReader } from './read/byte-reader';
import type { RowNumbers } from './run/row-numbers';
import type { HashKeys } from './transforms/transform-context';

/** Bytes of a file in order, in pieces of any size. A Node stream is one. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /** Reads from the first byte into memory of the engine, where the source can do that: CsvFile does. */
  openReader?(): ByteReader;
}

/**
 * Where bytes go. The engine waits for a returned promise (back-pressure), and never reuses a chunk it has written unless
 * the sink says that it may. The owner ends it.
 */
export interface ByteSink {
  /** True where the sink is done with a chunk once `write` has ended. @default - it may keep chunks */
  readonly releases?: boolean;
  write(chunk: Uint8Array): Promise<void> | void;
}

export interface StepRun {
  readonly spec: PipelineSpec;
  /** Read twice where a `de-duplicate` keeps the last row: each iteration has to begin at the first byte then. */
  readonly input: ByteSource;
  /** Gets the rows that go on: UTF-8 CSV, LF, header, minimal quoting, first column `_row`. */
  readonly output: ByteSink;
  /** Gets `_row,_column,_code,_message`, one line a rejected row; untouched where no row is rejected. */
  readonly rejects: ByteSink;
}

export interface ValidateRun extends StepRun {
  /** Key of the source: a rejects file that is dropped back is told by its name and header. */
  readonly sourceKey: string;
  /**
   * Opens the file that foreign keys refer to by the name of its resource, and the source itself once more by an empty
   * name. Needed where the schema has foreign keys.
   */
  readonly openReference?: (resource: string) => Promise<ByteSource>;
}

export interface TransformRun extends StepRun {
  /** The keys of `hash` transforms, by their names in the spec. A run without one of them throws `secret-unreadable`. */
  readonly hashKeys?: HashKeys;
}

export interface EnrichRun extends StepRun {
  /** Opens the file of the lookup at a place in `spec.enrichments`. */
  readonly openLookup: (index: number) => Promise<ByteSource>;
  readonly lineage: Lineage;
}

/** What the lineage enrichment writes beside the row number. */
export interface Lineage {
  readonly sourceKey: string;
  readonly sourceVersion: string;
  readonly jobId: string;
  readonly specSha256: string;
}

export interface StepResult {
  readonly counts: Counts;
  /** Columns of the output, `_row` left out. */
  readonly header: readonly string[];
}

/** Finds the original cells of rejected rows again. */
export interface MergeRejectsRun {
  readonly spec: PipelineSpec;
  readonly sourceKey: string;
  /** The source as it was read by validate. */
  readonly source: ByteSource;
  /** The steps' rejects, each in ascending order of `_row`. */
  readonly rejects: readonly ByteSource[];
  readonly output: ByteSink;
  /** Takes the rejected rows, so that they cannot be published as well. */
  readonly rows?: RowNumbers;
}

export interface MergeRejectsResult {
  readonly rows: number;
  /** Rows that were written: fewer where the limit of rejects that are kept was met. */
  readonly rowsKept: number;
  /** Rows in each of the steps' rejects. */
  readonly rowsOfSteps: readonly number[];
}

/** Turns what the last step wrote into what is published: `_row` taken off. */
export interface PublishRun {
  /** Says the format, and the types of the columns. @default - CSV */
  readonly spec?: PipelineSpec;
  readonly input: ByteSource;
  readonly output: ByteSink;
  /** The rows that were rejected: none of them may be published. Takes those that are. */
  readonly rows?: RowNumbers;
}

export interface PublishResult {
  readonly rows: number;
}

/** The CSV engine: the plain TypeScript one, or a faster one that gives the same bytes. Every method throws PipelineError. */
export interface CsvEngine {
  validate(run: ValidateRun): Promise<StepResult>;
  transform(run: TransformRun): Promise<StepResult>;
  enrich(run: EnrichRun): Promise<StepResult>;
  mergeRejects(run: MergeRejectsRun): Promise<MergeRejectsResult>;
  publish(run: PublishRun): Promise<PublishResult>;
}
