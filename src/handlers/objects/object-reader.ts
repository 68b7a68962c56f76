import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ByteSource } from '../../engine/engine';
import type { ObjectPointer } from '../../shared/step-contract';
import { statusOf, TransientError } from '../transient-error';
import { type ObjectRole, readFailure, uriOf } from './object-access';

/** What is known of an object without its bytes. */
export interface ObjectHead {
  readonly etag: string;
  readonly sizeBytes: number;
  readonly versionId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of an object, asked for when the first of them is wanted, anew by each reader. A transfer that breaks off
 * half-way is worth another try; an error of whoever reads the bytes passes untouched, and ends the transfer.
 */
export function bytesOf(s3: S3Client, pointer: ObjectPointer, role: ObjectRole): ByteSource {
  return { [Symbol.asyncIterator]: () => transfer(s3, pointer, role) };
}

async function* transfer(s3: S3Client, pointer: ObjectPointer, role: ObjectRole): AsyncGenerator<Uint8Array> {
  const stream = await open(s3, pointer, role);
  try {
    yield* stream;
  } catch (error) {
    throw new TransientError(
      `reading ${role.name} ${uriOf(pointer)} broke off: ${(error as Error).message}`,
      error,
    );
  }
}

/** A small object as a whole. */
export async function readObject(s3: S3Client, pointer: ObjectPointer, role: ObjectRole): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(s3, pointer, role)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** An object's head, or undefined where there is no object, or only a delete marker. */
export async function headObject(
  s3: S3Client,
  pointer: ObjectPointer,
  role: ObjectRole,
): Promise<ObjectHead | undefined> {
  try {
    const head = await s3.send(
      new HeadObjectCommand({ Bucket: pointer.bucket, Key: pointer.key, VersionId: pointer.versionId }),
    );
    return {
      etag: head.ETag!,
      sizeBytes: head.ContentLength!,
      versionId: head.VersionId,
      metadata: head.Metadata!,
    };
  } catch (error) {
    if ([404, 405].includes(statusOf(error))) return undefined;
    throw readFailure(error, pointer, role);
  }
}

async function open(s3: S3Client, pointer: ObjectPointer, role: ObjectRole): Promise<Readable> {
  try {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: pointer.bucket, Key: pointer.key, VersionId: pointer.versionId }),
    );
    return Body as Readable;
  } catch (error) {
    throw readFailure(error, pointer, role);
  }
}
