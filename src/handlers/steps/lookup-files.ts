import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ByteSource } from '../../engine/engine';
import type { ObjectPointer, StepInput } from '../../shared/step-contract';
import type { EnrichmentSpec, LookupSourceSpec } from '../../spec/enrichments/enrichment-spec';
import { PipelineError } from '../../spec/pipeline-error';
import { LOOKUP, STEP_DATA, uriOf, writeFailure } from '../objects/object-access';
import { bytesOf, headObject, readObject } from '../objects/object-reader';
import { statusOf } from '../transient-error';

/** Versions of the lookup files in the bucket, by key. */
type Pins = Readonly<Record<string, string>>;

/**
 * Opens the lookup files of a job. Those in the bucket are pinned to the version that the job first met, so that a
 * retry joins the same data: the versions stand in `lookups.json` under the step's prefix, written once.
 */
export async function openLookups(
  s3: S3Client,
  input: StepInput,
  enrichments: readonly EnrichmentSpec[],
): Promise<(index: number) => Promise<ByteSource>> {
  const sources = enrichments.map((enrichment) => (enrichment.type === 'lookup' ? [enrichment.source] : []));
  const pins = await pinVersions(s3, input, sources.flat());
  return async (index) => {
    const [source] = sources[index];
    return bytesOf(s3, pointerTo(source, input, pins), LOOKUP);
  };
}

function pointerTo(source: LookupSourceSpec, input: StepInput, pins: Pins): ObjectPointer {
  if (source.type === 'asset') return { bucket: input.spec.bucket, key: source.key };
  return { bucket: input.job.bucket, key: source.key, versionId: pins[source.key] };
}

async function pinVersions(
  s3: S3Client,
  input: StepInput,
  sources: readonly LookupSourceSpec[],
): Promise<Pins> {
  const keys = sources.filter((source) => source.type === 'bucket').map((source) => source.key);
  if (keys.length === 0) return {};
  const { bucket } = input.job;
  const found = await Promise.all(keys.map(async (key) => [key, await currentVersion(s3, { bucket, key })]));
  const target = { bucket, key: `${input.outputPrefix}lookups.json` };
  const pins = JSON.stringify(Object.fromEntries(found));
  try {
    await s3.send(
      new PutObjectCommand({ Bucket: target.bucket, Key: target.key, Body: pins, IfNoneMatch: '*' }),
    );
    return JSON.parse(pins) as Pins;
  } catch (error) {
    // 412: an earlier try of this job has pinned them. (409, two tries at once, is retried as transient.)
    if (statusOf(error) !== 412) throw writeFailure(error, target);
    return JSON.parse((await readObject(s3, target, STEP_DATA)).toString('utf8')) as Pins;
  }
}

async function currentVersion(s3: S3Client, pointer: ObjectPointer): Promise<string | undefined> {
  const head = await headObject(s3, pointer, LOOKUP);
  if (head) return head.versionId;
  throw new PipelineError('lookup-unreadable', `the lookup file ${uriOf(pointer)} does not exist`);
}
