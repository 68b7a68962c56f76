import type { Encoding } from '../../spec/dialect-spec';
import { LIMITS } from '../../spec/limits';
import type { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import { type ByteReader, PieceReader, piecesOf, readerBehind, readerOf, readHead } from './byte-reader';
import { detectEncoding, isText } from './encodings/detect-encoding';
import { decoderOf, type TextFault } from './encodings/text-decoder';
import { InflatedReader, isGzip } from './inflate';
import { isRejectsName } from '../validate/replay';

/** Bytes at the beginning of a file that its encoding and its dialect are found out from. */
export const SAMPLE_BYTES = 64 * 1024;
/** Enough to tell a gzip file. */
const MAGIC_BYTES = 2;
/** No byte of UTF-8 text: it stands where the fault is, so that the reader ends there. */
const NO_TEXT = Buffer.from([0xff]);

/**
 * A source as UTF-8: inflated where it is a gzip file, decoded from its encoding. What is read as it is passes through.
 */
export class SourceText implements ByteReader {
  /** What is no text in the encoding, once it was met. */
  fault?: TextFault;
  /** Known once something was read. */
  encoding: Encoding = 'utf-8';
  private text?: ByteReader;
  private inflated?: InflatedReader;

  constructor(
    private readonly source: ByteSource,
    private readonly spec: PipelineSpec,
    private readonly sourceKey: string,
  ) {}

  /** Why a gzip file ends early, once what comes before that was read. */
  get failure(): PipelineError | undefined {
    return this.inflated?.failure;
  }

  async read(target: Uint8Array): Promise<number> {
    return this.text ? this.text.read(target) : this.open(target);
  }

  async close(): Promise<void> {
    await this.text?.close();
  }

  /** Finds out what the source is, and reads its first bytes. */
  private async open(target: Uint8Array): Promise<number> {
    const { maxInflatedBytes = LIMITS.maxInflatedBytes.default } = this.spec.limits;
    this.text = readerOf(this.source);
    if (isGzip(await this.look(MAGIC_BYTES))) {
      this.text = this.inflated = new InflatedReader(this.text, maxInflatedBytes);
    }
    const sample = this.looksAtBytes() ? await this.look(SAMPLE_BYTES) : Buffer.alloc(0);
    this.encoding = this.encodingOf(sample);
    if (this.encoding !== 'utf-8') {
      this.text = new PieceReader(this.decoded(piecesOf(this.text), this.encoding));
    }
    return this.text.read(target);
  }

  /** The first bytes of the text; they are read again. */
  private async look(bytes: number): Promise<Buffer> {
    const head = await readHead(this.text!, bytes);
    this.text = readerBehind(head, this.text);
    return head;
  }

  private looksAtBytes(): boolean {
    const { encoding = 'utf-8', detect = [] } = this.spec.dialect;
    return detect.includes('encoding') || (encoding !== 'utf-8' && isRejectsName(this.sourceKey));
  }

  /** A rejects file that is dropped back is UTF-8, whatever the encoding of the source was. */
  private encodingOf(sample: Buffer): Encoding {
    const { encoding = 'utf-8', detect = [] } = this.spec.dialect;
    if (isRejectsName(this.sourceKey) && isText(sample) && !sample.includes(0)) return 'utf-8';
    return detect.includes('encoding') ? detectEncoding(sample) : encoding;
  }

  private async *decoded(
    source: AsyncIterable<Buffer>,
    encoding: Exclude<Encoding, 'utf-8'>,
  ): AsyncGenerator<Uint8Array> {
    const decoder = decoderOf(encoding);
    for await (const piece of source) {
      const { utf8, fault } = decoder.decode(piece);
      yield utf8;
      this.fault = fault;
      if (fault) break;
    }
    if (!this.failure) this.fault ??= decoder.end().fault;
    if (this.fault) yield NO_TEXT;
  }
}
