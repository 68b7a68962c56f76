import { FieldChecks } from './field-checks';
import { checkLabels, matchFields } from './header';
import { NullSequence } from './null-sequence';
import { SizeLimits } from './size-limits';
import { openSource, sourceReader } from './source-records';
import { StructureCheck } from './structure';
import type { DialectSpec } from '../../spec/dialect-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { ByteSource, ValidateRun } from '../engine';
import type { RecordReader, SurplusCells } from '../read/record-reader';
import type { SourceBatch } from '../read/source-batch';

export interface CheckedSourceRun {
  readonly spec: PipelineSpec;
  readonly sourceKey: string;
  readonly input: ByteSource;
  readonly openReference?: ValidateRun['openReference'];
}

/** A source that is read batch by batch, and checked against the shape of its header and against the schema. */
export class CheckedSource {
  private readonly reader: RecordReader;
  private structure?: StructureCheck;
  private nullSequence?: NullSequence;
  private fields?: FieldChecks;
  private readonly limits: SizeLimits;
  private header: readonly string[] = [];
  private columns = 0;
  private written?: DialectSpec;
  /** Records before the first row, and rows in whole batches so far. */
  private headerRecords = 1;
  private rowsRead = 0;

  constructor(
    private readonly run: CheckedSourceRun,
    private readonly surplus: SurplusCells,
  ) {
    this.limits = new SizeLimits(run.spec.limits);
    this.reader = sourceReader(run.input, run.sourceKey, run.spec);
  }

  /** Reads the header, and gives the names of the source's own columns. */
  async open(): Promise<readonly string[]> {
    const { spec, sourceKey } = this.run;
    const source = await openSource(this.reader, sourceKey, spec);
    const { header, headerRecords, dialect } = source;
    this.written = { ...dialect, encoding: this.reader.encoding };
    this.headerRecords = headerRecords;
    this.limits.checkColumns(header.length);
    checkLabels(header);
    this.header = header;
    this.columns = header.length;
    this.reader.setColumns(source.width, this.surplus);
    this.structure = new StructureCheck(source);
    const { nullSequence } = spec.dialect;
    if (nullSequence !== undefined) this.nullSequence = new NullSequence(nullSequence);
    if (spec.schema) {
      const columns = matchFields(header, spec.schema);
      this.fields = new FieldChecks(columns, spec.schema, spec.limits.uniqueBudgetBytes);
      await this.fields.loadReferences(this.run, spec.schema);
    }
    return header;
  }

  /** How the source is written, as its pipeline says or as it was found out; for use after it is opened. */
  get dialect(): DialectSpec {
    return this.written!;
  }

  /** Reads the next batch, not checked yet; undefined at the end of the file. */
  async nextBatch(): Promise<SourceBatch | undefined> {
    const batch = await this.reader.nextBatch();
    if (!batch) return undefined;
    this.rowsRead += batch.rows;
    batch.columns.length = this.columns;
    this.limits.checkBatch(batch, this.header);
    return batch;
  }

  /** Rejects what is wrong, and makes missing cells empty. */
  check(batch: SourceBatch): void {
    this.structure!.apply(batch);
    this.nullSequence?.apply(batch);
    this.fields?.apply(batch);
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
