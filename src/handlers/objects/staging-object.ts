import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ByteSink } from '../../engine/engine';
import type { ObjectPointer } from '../../shared/step-contract';
import { log } from '../log';
import { writeFailure } from './object-access';

/** Bytes of a part. S3 takes 10,000 parts of an object, so 8 MiB parts reach 80 GB. */
export const PART_BYTES = 8 * 1024 * 1024;

/** Parts under way at a time; with the one being filled they bound the memory of an upload to 40 MiB. */
const PARTS_IN_FLIGHT = 4;

/**
 * An object that is written as its bytes arrive: with one call if it fits in a part, else as a multipart upload. It
 * exists as a whole after `close`, or not at all. Writing waits when too many parts are under way.
 */
export class StagingObject implements ByteSink {
  /** Bytes written so far. */
  sizeBytes = 0;
  private chunks: Uint8Array[] = [];
  private buffered = 0;
  private uploadId?: string;
  private readonly parts: CompletedPart[] = [];
  private inFlight: Array<Promise<void>> = [];

  constructor(
    private readonly s3: S3Client,
    private readonly target: ObjectPointer,
    private readonly partBytes = PART_BYTES,
  ) {}

  write(chunk: Uint8Array): Promise<void> | void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    this.sizeBytes += chunk.length;
    if (this.buffered >= this.partBytes) return this.sendPart();
  }

  /** Makes the object visible. */
  async close(): Promise<ObjectPointer> {
    if (this.uploadId === undefined) {
      await this.attempt(
        this.s3.send(new PutObjectCommand({ ...this.address(), ...CONTENT, Body: this.takeBytes() })),
      );
      return this.target;
    }
    if (this.buffered > 0) await this.sendPart();
    await Promise.all(this.inFlight);
    await this.attempt(
      this.s3.send(
        new CompleteMultipartUploadCommand({
          ...this.address(),
          UploadId: this.uploadId,
          MultipartUpload: { Parts: this.parts },
        }),
      ),
    );
    return this.target;
  }

  /** Gives up what has been sent. Never throws, since the error that led here matters more. */
  async abort(): Promise<void> {
    if (this.uploadId === undefined) return;
    // A part that arrives after the abort would stay and be paid for until the bucket's lifecycle removes it.
    await Promise.allSettled(this.inFlight);
    try {
      await this.s3.send(new AbortMultipartUploadCommand({ ...this.address(), UploadId: this.uploadId }));
    } catch (error) {
      log('WARN', 'an unfinished upload could not be aborted; the lifecycle of the bucket removes it', {
        key: this.target.key,
        reason: (error as Error).name,
      });
    }
  }

  private async sendPart(): Promise<void> {
    this.uploadId ??= await this.create();
    if (this.inFlight.length >= PARTS_IN_FLIGHT) await this.inFlight.shift();
    const sent = this.upload(this.parts.push({}), this.takeBytes());
    // Whoever awaits it sees the failure; until then it must not count as unhandled.
    sent.catch(() => undefined);
    this.inFlight.push(sent);
  }

  private async create(): Promise<string> {
    const created = await this.attempt(
      this.s3.send(
        new CreateMultipartUploadCommand({ ...this.address(), ...CONTENT, ChecksumAlgorithm: 'CRC32' }),
      ),
    );
    return created.UploadId!;
  }

  private async upload(partNumber: number, body: Buffer): Promise<void> {
    const { ETag, ChecksumCRC32 } = await this.attempt(
      this.s3.send(
        new UploadPartCommand({
          ...this.address(),
          UploadId: this.uploadId,
          PartNumber: partNumber,
          Body: body,
          ChecksumAlgorithm: 'CRC32',
        }),
      ),
    );
    this.parts[partNumber - 1] = { PartNumber: partNumber, ETag, ChecksumCRC32 };
  }

  private takeBytes(): Buffer {
    const bytes = Buffer.concat(this.chunks, this.buffered);
    this.chunks = [];
    this.buffered = 0;
    return bytes;
  }

  private address(): { Bucket: string; Key: string } {
    return { Bucket: this.target.bucket, Key: this.target.key };
  }

  private async attempt<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      throw writeFailure(error, this.target);
    }
  }
}

const CONTENT = { ContentType: 'text/csv; charset=utf-8' } as const;

/**
 * Writes an object and makes it visible, or gives it up where writing fails.
 *
 * @returns its size in bytes
 */
export async function writeObject(
  s3: S3Client,
  target: ObjectPointer,
  write: (sink: ByteSink) => Promise<void>,
): Promise<number> {
  const object = new StagingObject(s3, target);
  try {
    await write(object);
    await object.close();
    return object.sizeBytes;
  } catch (error) {
    await object.abort();
    throw error;
  }
}
