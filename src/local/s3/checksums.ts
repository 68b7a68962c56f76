import { createHash } from 'node:crypto';
import { CRC32C_POLYNOMIAL, Crc32, Crc64, newCrc32 } from '../crc';
import { s3Error } from './errors';

/** Takes bytes and gives their digest. */
export interface Digest {
  update(chunk: Uint8Array): unknown;
  digest(): Buffer;
}

/** The checksum algorithms that objects can carry. */
export const CHECKSUM_ALGORITHMS = {
  CRC32: newCrc32,
  CRC32C: () => new Crc32(CRC32C_POLYNOMIAL),
  CRC64NVME: () => new Crc64(),
  SHA1: () => createHash('sha1'),
  SHA256: () => createHash('sha256'),
  SHA512: () => createHash('sha512'),
  MD5: () => createHash('md5'),
} satisfies Record<string, () => Digest>;

export type ChecksumAlgorithm = keyof typeof CHECKSUM_ALGORITHMS;

/** Of the whole object, or of its parts' checksums with the number of parts after a dash. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
  readonly type: ChecksumType;
}

const HEADER_PREFIX = 'x-amz-checksum-';
/** Headers of the same prefix that hold no checksum. */
const OTHER_HEADERS = ['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type'];

/** Header that carries a checksum of the algorithm. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return HEADER_PREFIX + algorithm.toLowerCase();
}

/** Element of an XML document that carries a checksum of the algorithm. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** The algorithm of that name, in any case. @throws AwsError NotImplemented naming it */
export function checksumAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = name.toUpperCase();
  if (!(algorithm in CHECKSUM_ALGORITHMS)) {
    throw s3Error('NotImplemented', `the local run does not provide the checksum algorithm ${algorithm}`);
  }
  return algorithm as ChecksumAlgorithm;
}

/** The checksum that headers or trailers announce, or undefined where they have none. */
export function announcedChecksum(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): { algorithm: ChecksumAlgorithm; value: string } | undefined {
  const name = Object.keys(headers).find(
    (header) => header.startsWith(HEADER_PREFIX) && !OTHER_HEADERS.includes(header),
  );
  if (name === undefined) return undefined;
  return { algorithm: checksumAlgorithm(name.slice(HEADER_PREFIX.length)), value: String(headers[name]) };
}

/** Digest of whole chunks in turn. */
export async function digestOf(
  algorithm: ChecksumAlgorithm,
  source: AsyncIterable<Uint8Array>,
): Promise<string> {
  const digest: Digest = CHECKSUM_ALGORITHMS[algorithm]();
  for await (const chunk of source) digest.update(chunk);
  return digest.digest().toString('base64');
}

/** Checksum of the parts' checksums, as S3 makes it for a multipart object. */
export function compositeOf(algorithm: ChecksumAlgorithm, parts: readonly string[]): string {
  const digest: Digest = CHECKSUM_ALGORITHMS[algorithm]();
  for (const part of parts) digest.update(Buffer.from(part, 'base64'));
  return `${digest.digest().toString('base64')}-${parts.length}`;
}
