import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { ObjectPointer } from '../../shared/step-contract';
import { OUTPUT_FILES } from '../../spec/output-spec';
import { log } from '../log';
import { statusOf, TransientError } from '../transient-error';
import { STAGED, uriOf, writeFailure } from './object-access';
import { headObject } from './object-reader';

/** What the destination must be for the copy to happen. */
export type CopyCondition = { readonly IfMatch: string } | { readonly IfNoneMatch: '*' };

export interface ObjectCopy {
  readonly from: ObjectPointer;
  readonly sizeBytes: number;
  readonly to: ObjectPointer;
  readonly metadata: Readonly<Record<string, string>>;
  /** CSV where absent. */
  readonly contentType?: string;
  /** None: whatever is there is replaced. */
  readonly condition?: CopyCondition;
}

/** From which size on a copy is made in parts, and how large those are. */
export interface CopyLimits {
  /** CopyObject takes 5 GB: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
  readonly singleCopyBytes: number;
  readonly partBytes: number;
}

export const COPY_LIMITS: CopyLimits = { singleCopyBytes: 5_000_000_000, partBytes: 1024 ** 3 };

/**
 * Copies an object inside S3 in one atomic step: readers see the old object or the new one.
 *
 * @returns false where the destination did not meet the condition: changed (412), gone (404, of If-Match alone), or being
 * written by someone else at the moment (409)
 * @throws TransientError where the object to copy is gone: another try of the whole makes it anew
 */
export async function copyObject(s3: S3Client, copy: ObjectCopy, limits = COPY_LIMITS): Promise<boolean> {
  try {
    if (copy.sizeBytes <= limits.singleCopyBytes) await copyAtOnce(s3, copy);
    else await copyInParts(s3, copy, limits.partBytes);
    return true;
  } catch (error) {
    // S3 answers 404 for either end of a copy.
    if (statusOf(error) === 404 && !(await headObject(s3, copy.from, STAGED))) {
      throw new TransientError(`${STAGED.name} ${uriOf(copy.from)} is gone`, error);
    }
    if (copy.condition && isUnmet(copy.condition, error)) return false;
    throw writeFailure(error, copy.to);
  }
}

/** S3 may have answered 200 before it finds out; the error then stands in the body, and only its name tells. */
const UNMET_NAMES = ['PreconditionFailed', 'ConditionalRequestConflict'];

function isUnmet(condition: CopyCondition, error: unknown): boolean {
  const status = statusOf(error);
  if (status === 409 || status === 412 || UNMET_NAMES.includes((error as Error).name)) return true;
  return status === 404 && 'IfMatch' in condition;
}

/** A key, or a source of a copy, as it stands in a header: percent-encoded but for the slashes. */
export function encodeKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

async function copyAtOnce(s3: S3Client, copy: ObjectCopy): Promise<void> {
  await s3.send(
    new CopyObjectCommand({
      ...destinationOf(copy),
      ...copy.condition,
      CopySource: sourceOf(copy),
      MetadataDirective: 'REPLACE',
      TaggingDirective: 'REPLACE',
    }),
  );
}

/** Larger objects: the condition stands on the completion, which is what makes the parts visible. */
async function copyInParts(s3: S3Client, copy: ObjectCopy, partBytes: number): Promise<void> {
  const { Bucket, Key } = destinationOf(copy);
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ ...destinationOf(copy), ChecksumAlgorithm: 'CRC32' }),
  );
  try {
    const Parts: CompletedPart[] = [];
    for (let start = 0; start < copy.sizeBytes; start += partBytes) {
      const end = Math.min(start + partBytes, copy.sizeBytes) - 1;
      const PartNumber = Parts.length + 1;
      const { CopyPartResult } = await s3.send(
        new UploadPartCopyCommand({
          Bucket,
          Key,
          UploadId,
          PartNumber,
          CopySource: sourceOf(copy),
          CopySourceRange: `bytes=${start}-${end}`,
        }),
      );
      const { ETag, ChecksumCRC32 } = CopyPartResult!;
      Parts.push({ PartNumber, ETag, ChecksumCRC32 });
    }
    await s3.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key,
        UploadId,
        MultipartUpload: { Parts },
        ...copy.condition,
      }),
    );
  } catch (error) {
    await abort(s3, { Bucket, Key, UploadId });
    throw error;
  }
}

/** Never throws, since the error that led here matters more. */
async function abort(
  s3: S3Client,
  upload: { Bucket: string; Key: string; UploadId: string | undefined },
): Promise<void> {
  try {
    await s3.send(new AbortMultipartUploadCommand(upload));
  } catch (error) {
    log('WARN', 'an unfinished upload could not be aborted; the lifecycle of the bucket removes it', {
      key: upload.Key,
      reason: (error as Error).name,
    });
  }
}

function destinationOf({ to, metadata, contentType = OUTPUT_FILES.csv.contentType }: ObjectCopy) {
  return {
    Bucket: to.bucket,
    Key: to.key,
    Metadata: { ...metadata },
    ContentType: contentType,
  };
}

function sourceOf({ from }: ObjectCopy): string {
  return `${from.bucket}/${encodeKey(from.key)}`;
}
