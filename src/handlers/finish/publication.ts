import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { OUTPUT_METADATA } from '../../shared/layout';
import type { JobIdentity, ObjectPointer } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import { OUTPUT, SOURCE } from '../objects/object-access';
import { COPY_LIMITS, type CopyLimits, copyObject, encodeKey } from '../objects/object-copy';
import { headObject, type ObjectHead } from '../objects/object-reader';

/** An output that is ready, and where it is to appear. */
export interface Publication {
  readonly job: JobIdentity;
  readonly from: ObjectPointer;
  readonly sizeBytes: number;
  readonly to: ObjectPointer;
  readonly contentType: string;
  /** Execution name and attempt: tells an earlier write of one's own from another's. */
  readonly commitId: string;
}

export interface PublicationLimits extends CopyLimits {
  /** How often the destination may change under the publication. */
  readonly tries: number;
  /** Longest wait before the second try; it doubles from try to try. */
  readonly firstPauseMs: number;
}

/** Seven pauses of 50 ms up to 3.2 s: longer than another's copy of a large object keeps a destination busy. */
export const PUBLICATION_LIMITS: PublicationLimits = { ...COPY_LIMITS, tries: 8, firstPauseMs: 50 };

/** A key of 1 KB can take 3 KB percent-encoded, and S3 takes 2 KB of metadata in all: longer ones are told by a hash. */
const MAX_METADATA_KEY = 1024;

/** What became of a publication; ENDED where the job was ended meanwhile by somebody else. */
export type PublicationResult = 'PUBLISHED' | 'SUPERSEDED' | 'ENDED';

/** What the job does around the write of its output. */
export interface PublicationSteps {
  /** Called once, before the first write. */
  readonly prepare: () => Promise<void>;
  /** Asked right before each write: a job that has ended, by a timeout say, publishes nothing any more. */
  readonly hasEnded: () => Promise<boolean>;
}

/**
 * Makes an output visible, unless the source has a newer version by now, or has been deleted. Looks at the destination
 * first and writes on the condition that it is still what was seen, so that of several jobs of one source the newest
 * stays, whichever ends last. Where the condition fails it looks again. An output that bears the stamp of another
 * source's key is never replaced: two pipelines whose keys meet below `processed/` must not overwrite each other.
 *
 * S3's conditions know an object by its ETag, so by its bytes: an output that others replaced by the very same bytes
 * between look and write counts as unchanged.
 *
 * @throws PipelineError `publication-conflict` where the destination keeps changing, or is the output of another source
 */
export async function publish(
  s3: S3Client,
  publication: Publication,
  { prepare, hasEnded }: PublicationSteps,
  limits = PUBLICATION_LIMITS,
): Promise<PublicationResult> {
  const { job, to, commitId } = publication;
  for (let attempt = 0; attempt < limits.tries; attempt++) {
    if (attempt > 0) await pause(Math.random() * limits.firstPauseMs * 2 ** (attempt - 1));
    const destination = await headObject(s3, to, OUTPUT);
    if (destination?.metadata[OUTPUT_METADATA.commitId] === commitId) return 'PUBLISHED';
    const current = await headObject(s3, { bucket: job.bucket, key: job.key }, SOURCE);
    if (current?.versionId !== job.versionId) return 'SUPERSEDED';
    refuseOthers(publication, destination);
    if (attempt === 0) await prepare();
    if (await hasEnded()) return 'ENDED';
    if (await copyOver(s3, publication, destination, limits)) return 'PUBLISHED';
  }
  throw new PipelineError(
    'publication-conflict',
    `${to.key} kept changing while it was published: ${limits.tries} tries`,
  );
}

function refuseOthers({ job, to }: Publication, destination: ObjectHead | undefined): void {
  const stamp = destination?.metadata[OUTPUT_METADATA.sourceKey];
  if (stamp === undefined || stamp === stampOf(job.key)) return;
  throw new PipelineError(
    'publication-conflict',
    `${to.key} belongs to another source, with the key ${stamp}: it is not replaced`,
  );
}

/** A source's key as it stands in the metadata. */
function stampOf(key: string): string {
  const encoded = encodeKey(key);
  if (encoded.length <= MAX_METADATA_KEY) return encoded;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

function copyOver(
  s3: S3Client,
  { job, from, sizeBytes, to, contentType, commitId }: Publication,
  destination: ObjectHead | undefined,
  limits: CopyLimits,
): Promise<boolean> {
  const metadata = {
    [OUTPUT_METADATA.sourceKey]: stampOf(job.key),
    [OUTPUT_METADATA.sourceVersionId]: job.versionId,
    [OUTPUT_METADATA.jobId]: job.jobId,
    [OUTPUT_METADATA.commitId]: commitId,
  };
  const condition = destination ? { IfMatch: destination.etag } : { IfNoneMatch: '*' as const };
  return copyObject(s3, { from, sizeBytes, to, metadata, contentType, condition }, limits);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
