import type { Encoding } from '../../spec/dialect-spec';
import { LIMITS } from '../../spec/limits';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import { detectEncoding, isText } from './encodings/detect-encoding';
import { decoderOf, type TextFault } from './encodings/text-decoder';
import { inflated, isGzip } from './inflate';
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
export class SourceText implements AsyncIterable<Uint8Array> {
  /** What is no text in the encoding, once it was met. */
  fault?: TextFault;
  /** Known once the first piece was asked for. */
  encoding: Encoding = 'utf-8';

  constructor(
    private readonly source: ByteSource,
    private readonly spec: PipelineSpec,
    private readonly sourceKey: string,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { maxInflatedBytes = LIMITS.maxInflatedBytes.default } = this.spec.limits;
    let [head, rest] = await readHead(this.source, MAGIC_BYTES);
    if (isGzip(head)) [head, rest] = await readHead(inflated(rest, maxInflatedBytes), MAGIC_BYTES);
    if (this.looksAtBytes()) [head, rest] = await readHead(rest, SAMPLE_BYTES);
    this.encoding = this.encodingOf(head);
    if (this.encoding === 'utf-8') yield* rest;
    else yield* this.decoded(rest, this.encoding);
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
    source: ByteSource,
    encoding: Exclude<Encoding, 'utf-8'>,
  ): AsyncGenerator<Uint8Array> {
    const decoder = decoderOf(encoding);
    for await (const piece of source) {
      const { utf8, fault } = decoder.decode(Buffer.from(piece));
      yield utf8;
      this.fault = fault;
      if (fault) break;
    }
    this.fault ??= decoder.end().fault;
    if (this.fault) yield NO_TEXT;
  }
}

/** Reads until a number of bytes is there; gives them, and the source from its beginning. */
async function readHead(source: ByteSource, bytes: number): Promise<[Buffer, ByteSource]> {
  const iterator = source[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let done = false;
  while (length < bytes && !done) {
    const next = await iterator.next();
    done = next.done === true;
    if (!next.done) {
      pieces.push(next.value);
      length += next.value.length;
    }
  }
  return [Buffer.concat(pieces).subarray(0, bytes), replayed(pieces, iterator)];
}

async function* replayed(
  pieces: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
