import { ByteWindow, type PlaceText, type TextReader } from './byte-window';
import { type ReadPosition, RecordTokenizer } from './record-tokenizer';
import { SourceBatch } from './source-batch';
import type { DialectSpec, Encoding } from '../../spec/dialect-spec';

const LF = 0x0a;
const CR = 0x0d;

/** A single record: a header, or the first record of a file without one. */
export interface SourceRecord {
  readonly cells: readonly string[];
  readonly blank: boolean;
}

/** What becomes of cells beyond the columns of a batch. */
export type SurplusCells = 'keep-surplus' | 'drop-surplus';

/**
 * Reads records from a byte source in memory that is bounded by the largest record. A batch is used again: it is valid
 * until the next one is asked for. Throws PipelineError `encoding-error`, `unclosed-quote` or `record-too-large`.
 */
export class RecordReader {
  /** The text that is read; another reader may read on in it, see `position` and `continueFrom`. */
  readonly window: ByteWindow;
  private tokenizer: RecordTokenizer;
  private batch: SourceBatch;

  constructor(
    source: TextReader,
    private dialect: DialectSpec,
    private readonly maxRecordBytes: number,
    windowBytes?: number,
    place?: PlaceText,
  ) {
    this.window = new ByteWindow(source, windowBytes, place);
    this.tokenizer = this.newTokenizer(dialect);
    this.batch = new SourceBatch(this.tokenizer, 0);
  }

  /** Encoding of the source, once something was read. */
  get encoding(): Encoding {
    return this.window.encoding;
  }

  /** Records read so far, the header among them. */
  get records(): number {
    return this.tokenizer.records;
  }

  /**
   * Reads the first record as another dialect would, and takes nothing from the source: the next record is the first
   * one still. For use before anything else is read. Blank records can be passed, as many bytes of them as a record may have:
   * behind more of them a blank one is given.
   */
  async peekRecord(
    dialect: DialectSpec,
    blanks: 'take-blank' | 'pass-blank' = 'take-blank',
  ): Promise<SourceRecord | undefined> {
    const { window } = this;
    for (;;) {
      const tokenizer = this.newTokenizer(dialect);
      // Reading unescapes in place, so the text is put back afterwards.
      const { start } = window;
      const text = Buffer.from(window.buffer.subarray(start, window.limit));
      let record: SourceRecord | undefined;
      let found = false;
      while (!found && window.start - start <= this.maxRecordBytes && tokenizer.read(1) > 0) {
        record = this.record(tokenizer);
        found = blanks === 'take-blank' || !record.blank;
      }
      found ||= window.start - start > this.maxRecordBytes;
      text.copy(window.buffer, start);
      window.start = start;
      // Behind blank ones there may be one of which the window does not hold all yet.
      if (found || window.final) return record;
      await this.slide();
    }
  }

  /** The first bytes of the text that is left, and whether that is all of it. For use before anything is read. */
  async sample(bytes: number): Promise<{ readonly text: Buffer; readonly whole: boolean }> {
    const { window } = this;
    if (window.limit === window.start && !window.final) await this.slide();
    const end = Math.min(window.limit, window.start + bytes);
    return {
      text: Buffer.from(window.buffer.subarray(window.start, end)),
      whole: window.final && end === window.limit,
    };
  }

  /** Passes lines that are no records: none of them counts. For use before anything is read. */
  async skipLines(count: number): Promise<void> {
    const { window } = this;
    let lines = 0;
    let afterCarriageReturn = false;
    while (lines < count || afterCarriageReturn) {
      if (window.start === window.limit) {
        if (window.final) return;
        await this.slide();
        continue;
      }
      const byte = window.buffer[window.start];
      if (afterCarriageReturn && byte !== LF && lines === count) return;
      window.start++;
      if (byte === CR || (byte === LF && !afterCarriageReturn)) lines++;
      afterCarriageReturn = byte === CR;
    }
  }

  /** Reads with another dialect from now on. */
  setDialect(dialect: DialectSpec): void {
    this.dialect = dialect;
    this.tokenizer = this.newTokenizer(dialect).continueFrom(this.tokenizer);
  }

  /** Reads the next record, or gives undefined at the end of the file. For use before the columns are set. */
  async nextRecord(): Promise<SourceRecord | undefined> {
    return (await this.read(1)) ? this.record(this.tokenizer) : undefined;
  }

  /** Sets how many columns batches have, and what becomes of cells beyond them. */
  setColumns(columns: number, surplus: SurplusCells): void {
    this.tokenizer = this.newTokenizer(this.dialect, columns, surplus).continueFrom(this.tokenizer);
    this.batch = new SourceBatch(this.tokenizer, columns);
  }

  /** Records that a batch holds at most. */
  get batchRows(): number {
    return this.tokenizer.stride;
  }

  /** How far the file has been read. */
  get position(): ReadPosition {
    return this.tokenizer;
  }

  /** Goes on where another reader of the window has stopped. */
  continueFrom(position: ReadPosition): void {
    this.tokenizer.continueFrom(position);
  }

  /** Reads the next batch, or gives undefined at the end of the file. */
  async nextBatch(maxRows = this.tokenizer.stride): Promise<SourceBatch | undefined> {
    if (!(await this.read(maxRows))) return undefined;
    this.batch.take(this.window.buffer);
    return this.batch;
  }

  /**
   * Gets more text behind what is left, where a little is; false where there is no more, where what comes next is no text,
   * and where the window would have to grow for it: then the next record is to be read, which grows it if need be.
   */
  async more(): Promise<boolean> {
    const { window } = this;
    if (window.final || window.isFaulty || window.isHalfFull) return false;
    await this.slide();
    return true;
  }

  /** Lets go of the source, also where it has not been read to its end. */
  async close(): Promise<void> {
    await this.window.close();
  }

  private slide(): Promise<void> {
    return this.window.slide(this.records + 1, () => this.tokenizer.cellAtLimit());
  }

  private async read(maxRows: number): Promise<boolean> {
    while (this.tokenizer.read(maxRows) === 0) {
      if (this.window.final) return false;
      await this.slide();
    }
    return true;
  }

  private record(tokenizer: RecordTokenizer): SourceRecord {
    const batch = new SourceBatch(tokenizer, 0);
    batch.take(this.window.buffer);
    return { cells: batch.surplus(0), blank: batch.isBlank(0) };
  }

  private newTokenizer(
    dialect: DialectSpec,
    columns = 0,
    surplus: SurplusCells = 'keep-surplus',
  ): RecordTokenizer {
    return new RecordTokenizer(
      this.window,
      dialect,
      this.maxRecordBytes,
      columns,
      surplus === 'keep-surplus',
    );
  }
}
