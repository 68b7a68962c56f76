import type { ByteReader } from './byte-reader';
import { NUL_REASON, type TextFault } from './encodings/text-decoder';
import { findNoText, wholeCharactersEnd } from './utf8';
import type { Encoding } from '../../spec/dialect-spec';
import { PipelineError } from '../../spec/pipeline-error';

/** Bytes read ahead of the tokenizer: a few batches of ordinary records, and small enough for a processor's cache. */
const WINDOW_BYTES = 1024 * 1024;

const UTF8_BOM = [0xef, 0xbb, 0xbf];

/** Bytes of UTF-8, or of another encoding that was decoded before; these tell of faults by their own bytes. */
export type TextReader = ByteReader & {
  readonly encoding?: Encoding;
  readonly fault?: TextFault;
  /** Why the text ends before its end. */
  readonly failure?: PipelineError;
};

/** Gives a buffer of so many bytes that begins with those that are kept. */
export type PlaceText = (bytes: number, kept: Buffer) => Buffer;

const placeAnywhere: PlaceText = (bytes, kept) => {
  const buffer = Buffer.allocUnsafeSlow(bytes);
  kept.copy(buffer);
  return buffer;
};

/**
 * A window that slides over a byte source: it holds the records not yet consumed, as checked UTF-8 without byte order
 * mark, in a buffer of its own in which cells may be unescaped. It grows only when a single record does not fit.
 */
export class ByteWindow {
  buffer: Buffer;
  /** Where the bytes not yet consumed begin. */
  start = 0;
  /** Where the checked text ends. One byte behind it is always there, for a sentinel. */
  limit = 0;
  /** The limit is the end of the source. */
  final = false;

  private filled = 0;
  private ended = false;
  private opened = false;
  /** Offset in the source of `buffer[0]`. */
  private base = 0;
  private fault?: TextFault | PipelineError;

  constructor(
    private readonly source: TextReader,
    bytes = WINDOW_BYTES,
    private readonly place: PlaceText = placeAnywhere,
  ) {
    this.buffer = place(bytes + 1, Buffer.alloc(0));
  }

  /** Gets more bytes behind those that are left. Throws where what comes next is no text; `cell` tells in which cell. */
  async slide(record: number, cell: () => number): Promise<void> {
    if (this.fault instanceof PipelineError) {
      throw new PipelineError(this.fault.code, this.fault.message, { record });
    }
    if (this.fault) throw this.noText(this.fault, record, cell());
    this.makeRoom();
    await this.fill();
    if (!this.opened) this.open();
    this.check();
  }

  /** What stands behind the limit is no text, or cannot be read. */
  get isFaulty(): boolean {
    return this.fault !== undefined;
  }

  /** What is left takes so much of the window that it grows when it slides. */
  get isHalfFull(): boolean {
    return this.filled - this.start > (this.buffer.length - 1) / 2;
  }

  get encoding(): Encoding {
    return this.source.encoding ?? 'utf-8';
  }

  /** Lets go of the source, also where it was not read to its end. */
  async close(): Promise<void> {
    await this.source.close();
  }

  private noText({ byteOffset, reason }: TextFault, record: number, cell: number): PipelineError {
    const encoding = this.encoding.toUpperCase();
    return new PipelineError(
      'encoding-error',
      `record ${record} is not ${encoding} text in cell ${cell}: ${reason} at byte offset ${byteOffset}`,
      { record, cell, byteOffset },
    );
  }

  private makeRoom(): void {
    const left = this.filled - this.start;
    const capacity = this.buffer.length - 1;
    if (this.isHalfFull) {
      this.buffer = this.place(capacity * 2 + 1, this.buffer.subarray(this.start, this.filled));
    } else {
      this.buffer.copyWithin(0, this.start, this.filled);
    }
    this.base += this.start;
    this.limit -= this.start;
    this.filled = left;
    this.start = 0;
  }

  private async fill(): Promise<void> {
    const { buffer } = this;
    const capacity = buffer.length - 1;
    while (this.filled < capacity && !this.ended) {
      const length = await this.source.read(buffer.subarray(this.filled, capacity));
      this.filled += length;
      this.ended = length === 0;
    }
  }

  /** Looks at the first bytes of the source. */
  private open(): void {
    this.opened = true;
    const [first, second] = this.buffer;
    if (this.filled >= 2 && ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))) {
      this.fault = { byteOffset: 0, reason: 'it is UTF-16 (its byte order mark says so)' };
    }
    if (this.filled >= 3 && UTF8_BOM.every((byte, index) => this.buffer[index] === byte)) {
      this.start = this.limit = 3;
    }
  }

  private check(): void {
    if (this.fault) return;
    const { failure } = this.source;
    const isWhole = this.ended && !failure;
    const to = isWhole ? this.filled : wholeCharactersEnd(this.buffer, this.limit, this.filled);
    const wrong = findNoText(this.buffer, this.limit, to);
    if (wrong < 0) {
      this.limit = to;
      this.final = isWhole;
      if (this.ended) this.fault = failure;
      return;
    }
    // The records before it are read first, so that the error can say which record it stands in.
    this.limit = wrong;
    const reason = this.buffer[wrong] === 0 ? NUL_REASON : 'an invalid byte';
    this.fault = this.source.fault ?? { byteOffset: this.base + wrong, reason };
  }
}
