import { createHash, type Hash } from 'node:crypto';
import { decodeAwsChunked, type Trailers } from './aws-chunked';
import type { BlobStore, Segment } from './blob-store';
import {
  announcedChecksum,
  CHECKSUM_ALGORITHMS,
  checksumAlgorithm,
  checksumHeader,
  type Checksum,
  type ChecksumAlgorithm,
  type Digest,
} from './checksums';
import { s3Error } from './errors';
import type { S3Request } from './request';

/** A body that has been stored and checked against everything that the client said of it. */
export interface ReceivedBody {
  /** Held once: release it if no object comes of it. */
  readonly segment: Segment;
  /** Hex MD5. */
  readonly md5: string;
  readonly checksum: Checksum | undefined;
}

/** Largest body of one PutObject or UploadPart: 5 GiB. */
const MAX_BODY_BYTES = 5 * 1024 ** 3;

/** Stores the body of a request. @throws AwsError BadDigest and others; then nothing is kept */
export async function receiveBody(
  request: S3Request,
  blobs: BlobStore,
  defaultAlgorithm?: ChecksumAlgorithm,
): Promise<ReceivedBody> {
  const { headers } = request;
  const payloadHash = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
  const framed =
    payloadHash.startsWith('STREAMING-') || /\baws-chunked\b/.test(headers['content-encoding'] ?? '');
  const expectedSize = headers[framed ? 'x-amz-decoded-content-length' : 'content-length'];
  if (expectedSize === undefined) throw s3Error('MissingContentLength');
  if (Number(expectedSize) > MAX_BODY_BYTES) throw s3Error('EntityTooLarge');

  const trailers: Trailers = {};
  const algorithm = algorithmOf(request) ?? defaultAlgorithm;
  const digests = new Digests(algorithm, !framed && /^[0-9a-f]{64}$/.test(payloadHash));
  const source = framed ? decodeAwsChunked(request.body, trailers) : request.body;
  const segment = await blobs.write(digests.over(source));
  try {
    if (segment.length !== Number(expectedSize)) throw s3Error('IncompleteBody');
    return { segment, ...digests.check(headers, trailers, payloadHash) };
  } catch (error) {
    await blobs.release([segment]);
    throw error;
  }
}

/** The checksum that the request carries, announces as a trailer, or asks for. */
function algorithmOf({ headers }: S3Request): ChecksumAlgorithm | undefined {
  const announced = announcedChecksum(headers);
  if (announced) return announced.algorithm;
  const trailer = headers['x-amz-trailer']?.trim().toLowerCase();
  if (trailer?.startsWith('x-amz-checksum-')) {
    return checksumAlgorithm(trailer.slice('x-amz-checksum-'.length));
  }
  const asked = headers['x-amz-sdk-checksum-algorithm'];
  return asked === undefined ? undefined : checksumAlgorithm(asked);
}

/** Everything that is computed while the bytes go by. */
class Digests {
  private readonly md5 = createHash('md5');
  private readonly sha256: Hash | undefined;
  private readonly digest: Digest | undefined;

  constructor(
    private readonly algorithm: ChecksumAlgorithm | undefined,
    signedPayload: boolean,
  ) {
    this.digest = algorithm && CHECKSUM_ALGORITHMS[algorithm]();
    this.sha256 = signedPayload ? createHash('sha256') : undefined;
  }

  async *over(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.md5.update(chunk);
      this.sha256?.update(chunk);
      this.digest?.update(chunk);
      yield chunk;
    }
  }

  check(
    headers: Readonly<Record<string, string | undefined>>,
    trailers: Trailers,
    payloadHash: string,
  ): { md5: string; checksum: Checksum | undefined } {
    if (this.sha256 && this.sha256.digest('hex') !== payloadHash) throw s3Error('XAmzContentSHA256Mismatch');
    const md5 = this.md5.digest();
    checkContentMd5(headers['content-md5'], md5);
    if (!this.algorithm || !this.digest) return { md5: md5.toString('hex'), checksum: undefined };

    const value = this.digest.digest().toString('base64');
    const header = checksumHeader(this.algorithm);
    const expected = trailers[header] ?? headers[header];
    if (headers['x-amz-trailer'] !== undefined && trailers[header] === undefined) {
      throw s3Error(
        'InvalidRequest',
        `The body lacks the trailer ${headers['x-amz-trailer']} that its header announces`,
      );
    }
    if (expected !== undefined && expected !== value) {
      throw s3Error(
        'BadDigest',
        `The ${this.algorithm} you specified did not match the calculated checksum.`,
      );
    }
    return { md5: md5.toString('hex'), checksum: { algorithm: this.algorithm, value, type: 'FULL_OBJECT' } };
  }
}

function checkContentMd5(header: string | undefined, md5: Buffer): void {
  if (header === undefined) return;
  const given = Buffer.from(header, 'base64');
  if (given.length !== 16) throw s3Error('InvalidDigest');
  if (!given.equals(md5)) throw s3Error('BadDigest');
}
