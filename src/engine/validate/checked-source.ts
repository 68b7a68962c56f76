import { FieldChecks } from './field-checks';
import { checkLabels, matchFields } from './header';
import { NullSequence } from './null-sequence';
import { SizeLimits } from './size-limits';
import { openSource, sourceReader } from './source-records';
import { StructureCheck } from './structure';
import type { DialectSpec } from '../../spec/dialect-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { FieldSpec } from '../../spec/table-schema';
import type { ByteSource, ValidateRun } from '../engine';
import type { RecordReader, SurplusCells } from '../read/record-reader';
import type { SourceBatch } from '../read/source-batch';
import { type IntegerSet, IntegerPages } from '../unique/integer-pages';
import { UniqueBudget } from '../unique/unique-budget';

export interface CheckedSourceRun {
  readonly spec: PipelineSpec;
  readonly sourceKey: string;
  readonly input: ByteSource;
  readonly openReference?: ValidateRun['openReference'];
}

/** A source that is read batch by batch, and checked against the shape of its header and against the schema. */
export class CheckedSource {
  /** What is known once the header has been read: the field of each column, undefined where it has none. */
  columns: ReadonlyArray<FieldSpec | undefined> = [];
  /** How the source is written: as its pipeline says, and once it is open, as it was found out. */
  dialect: DialectSpec;
  /** Cells of a record at most, before they are surplus. */
  width = 0;
  structure?: StructureCheck;
  fields?: FieldChecks;
  /** Rows in whole batches so far. */
  rowsRead = 0;
  private nullSequence?: NullSequence;
  readonly limits: SizeLimits;
  /** Names of the columns. */
  header: readonly string[] = [];
  /** Records before the first row. */
  private headerRecords = 1;

  constructor(
    private readonly run: CheckedSourceRun,
    readonly surplus: SurplusCells,
    readonly reader: RecordReader = sourceReader(run.input, run.sourceKey, run.spec),
    /** Makes the sets of integers of unique fields and keys, once the header has been read. */
    private readonly newIntegerSet: (source: CheckedSource) => IntegerSet = () => new IntegerPages(),
  ) {
    this.limits = new SizeLimits(run.spec.limits);
    this.dialect = run.spec.dialect;
  }

  /** Reads the header, and gives the names of the source's own columns. */
  async open(): Promise<readonly string[]> {
    const { spec, sourceKey } = this.run;
    const source = await openSource(this.reader, sourceKey, spec);
    const { header, headerRecords } = source;
    this.headerRecords = headerRecords;
    this.limits.checkColumns(header.length);
    checkLabels(header);
    this.header = header;
    this.dialect = source.dialect;
    this.width = source.width;
    this.reader.setColumns(source.width, this.surplus);
    this.structure = new StructureCheck(source);
    const { nullSequence } = spec.dialect;
    if (nullSequence !== undefined) this.nullSequence = new NullSequence(nullSequence);
    this.columns = spec.schema ? matchFields(header, spec.schema) : header.map(() => undefined);
    if (spec.schema) {
      const { uniqueBudgetBytes } = spec.limits;
      const budget = new UniqueBudget(uniqueBudgetBytes, undefined, () => this.newIntegerSet(this));
      this.fields = new FieldChecks(this.columns, spec.schema, budget);
      await this.fields.loadReferences(this.run, spec.schema);
    }
    return header;
  }

  /** Reads the next batch, not checked yet; undefined at the end of the file. */
  async nextBatch(maxRows?: number): Promise<SourceBatch | undefined> {
    const batch = await this.reader.nextBatch(maxRows);
    if (!batch) return undefined;
    batch.columns.length = this.columns.length;
    this.limits.checkBatch(batch, this.header);
    this.rowsRead += batch.rows;
    return batch;
  }

  /** Rejects what is wrong, and makes missing cells empty. */
  check(batch: SourceBatch): void {
    this.checkShape(batch);
    this.fields?.apply(batch);
  }

  /** Rejects records of another shape than the header's, and makes the cells empty that stand for no value. */
  checkShape(batch: SourceBatch): void {
    this.structure!.apply(batch);
    this.nullSequence?.apply(batch);
  }

  /**
   * Does something with the source and lets go of it, also where it was not read to its end. An error tells how many rows
   * were read before it.
   */
  async use<T>(work: (source: this) => Promise<T>): Promise<T> {
    try {
      return await this.explaining(work);
    } finally {
      await this.reader.close();
    }
  }

  private async explaining<T>(work: (source: this) => Promise<T>): Promise<T> {
    try {
      return await work(this);
    } catch (error) {
      if (error instanceof PipelineError) {
        const { record = 0 } = error.position;
        error.rowsRead = Math.max(this.rowsRead, record - 1 - this.headerRecords);
      }
      throw error;
    }
  }
}
