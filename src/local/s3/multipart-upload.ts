import { createHash, randomBytes } from 'node:crypto';
import type { BlobStore, Segment } from './blob-store';
import { compositeOf, digestOf, type Checksum, type ChecksumAlgorithm, type ChecksumType } from './checksums';
import { s3Error } from './errors';
import type { ObjectContent } from './object-version';

/** Every part but the last must have at least 5 MiB. */
export const MIN_PART_BYTES = 5 * 1024 * 1024;
export const MAX_PARTS = 10_000;

export interface UploadedPart {
  readonly partNumber: number;
  readonly segments: readonly Segment[];
  readonly size: number;
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly lastModified: Date;
}

/** What the completion says of a part. */
export interface PartReference {
  readonly partNumber: number;
  readonly etag: string;
  readonly checksum: string | undefined;
}

/** What the object will carry beside its bytes. */
export type UploadAttributes = Pick<ObjectContent, 'headers' | 'metadata' | 'tags'>;

/** An upload in parts that is not finished yet. */
export class MultipartUpload {
  readonly uploadId = randomBytes(32).toString('base64url');
  readonly initiated = new Date();
  private readonly uploaded = new Map<number, UploadedPart>();

  constructor(
    readonly key: string,
    readonly attributes: UploadAttributes,
    readonly checksumAlgorithm: ChecksumAlgorithm | undefined,
    readonly checksumType: ChecksumType,
    private readonly blobs: BlobStore,
    /** Deletions of the key before the upload began: one that came since makes a conditional completion a conflict. */
    readonly deletionsBefore: number,
  ) {}

  /** Parts so far, by number. */
  parts(): UploadedPart[] {
    return [...this.uploaded.values()].sort((a, b) => a.partNumber - b.partNumber);
  }

  /** Takes a part; one of the same number is replaced. Its segments are this upload's from now on. */
  put(part: UploadedPart): void {
    const replaced = this.uploaded.get(part.partNumber);
    this.uploaded.set(part.partNumber, part);
    if (replaced) void this.blobs.release(replaced.segments);
  }

  /** Gives up all bytes. */
  discard(): void {
    for (const part of this.uploaded.values()) void this.blobs.release(part.segments);
    this.uploaded.clear();
  }

  /**
   * The object that the listed parts make. The parts stay with the upload, so that a completion that fails can be tried
   * again; the content holds them a second time.
   *
   * @throws AwsError InvalidPartOrder, InvalidPart, EntityTooSmall, BadDigest
   */
  async assemble(references: readonly PartReference[]): Promise<ObjectContent> {
    const parts = this.select(references);
    const segments = parts.flatMap((part) => part.segments);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const md5 = createHash('md5');
    for (const part of parts) md5.update(Buffer.from(part.etag, 'hex'));
    const checksum = await this.checksumOf(parts, segments, size);
    this.blobs.retain(segments);
    return {
      ...this.attributes,
      segments,
      size,
      etag: `${md5.digest('hex')}-${parts.length}`,
      checksum,
      parts: parts.map((part, index) => ({
        partNumber: index + 1,
        size: part.size,
        checksum: part.checksum?.value,
      })),
    };
  }

  /** In S3's order of complaints: the list itself, then each part, then sizes. */
  private select(references: readonly PartReference[]): UploadedPart[] {
    if (references.length === 0 || references.length > MAX_PARTS) throw s3Error('MalformedXML');
    references.slice(1).forEach(({ partNumber }, index) => {
      if (partNumber <= references[index].partNumber) throw s3Error('InvalidPartOrder');
    });
    const parts = references.map((reference) => this.referenced(reference));
    const small = parts.slice(0, -1).find((part) => part.size < MIN_PART_BYTES);
    if (small) {
      throw s3Error('EntityTooSmall', undefined, {
        UploadId: this.uploadId,
        PartNumber: small.partNumber,
        ETag: small.etag,
        ProposedSize: small.size,
        MinSizeAllowed: MIN_PART_BYTES,
      });
    }
    return parts;
  }

  private referenced({ partNumber, etag, checksum }: PartReference): UploadedPart {
    const part = this.uploaded.get(partNumber);
    const same = part?.etag === etag && (checksum === undefined || checksum === part.checksum?.value);
    if (!same) {
      throw s3Error('InvalidPart', undefined, {
        UploadId: this.uploadId,
        PartNumber: partNumber,
        ETag: etag,
      });
    }
    return part;
  }

  private async checksumOf(
    parts: readonly UploadedPart[],
    segments: readonly Segment[],
    size: number,
  ): Promise<Checksum | undefined> {
    const algorithm = this.checksumAlgorithm;
    if (!algorithm) return undefined;
    const values = parts.map((part) => part.checksum?.value);
    if (this.checksumType === 'COMPOSITE' && values.every((value) => value !== undefined)) {
      return { algorithm, type: 'COMPOSITE', value: compositeOf(algorithm, values) };
    }
    const value = await digestOf(algorithm, this.blobs.read(segments, 0, size));
    return { algorithm, type: 'FULL_OBJECT', value };
  }
}
