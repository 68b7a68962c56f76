import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ByteSource } from '../../engine/engine';
import type { ObjectPointer, StepInput } from '../../shared/step-contract';
import type { EnrichmentSpec, LookupSourceSpec } from '../../spec/enrichments/enrichment-spec';
import { PipelineError } from '../../spec/pipeline-error';
import { LOOKUP, SOURCE, STEP_DATA, uriOf, writeFailure } from '../objects/object-access';
import { bytesOf, headObject, readObject } from '../objects/object-reader';
import { statusOf } from '../transient-error';

/** Versions of the lookup files in the bucket, by key. */
type Pins = Readonly<Record<string, string>>;

/**
 * Opens lookup files of a job. Those in the bucket are pinned to the version that the job first met, so that a
 * retry joins the same data: the versions stand in `lookups.json` under the step's prefix, written once.
 */
async function openPinned(
  s3: S3Client,
  input: StepInput,
  sources: readonly LookupSourceSpec[],
): Promise<(source: LookupSourceSpec) => ByteSource> {
  const pins = await pinVersions(s3, input, sources);
  return (source) => bytesOf(s3, pointerTo(source, input, pins), LOOKUP);
}

/** Opens the files of the lookups, by their places in the list of enrichments. */
export async function openLookups(
  s3: S3Client,
  input: StepInput,
  enrichments: readonly EnrichmentSpec[],
): Promise<(index: number) => Promise<ByteSource>> {
  const sources = enrichments.map((enrichment) => (enrichment.type === 'lookup' ? [enrichment.source] : []));
  const open = await openPinned(s3, input, sources.flat());
  return async (index) => open(sources[index][0]);
}

/** Opens the files that foreign keys refer to by the names of their resources, and the source itself by an empty name. */
export async function openReferences(
  s3: S3Client,
  input: StepInput,
  resources: Readonly<Record<string, LookupSourceSpec>>,
): Promise<(resource: string) => Promise<ByteSource>> {
  const open = await openPinned(s3, input, Object.values(resources));
  return async (resource) => (resource === '' ? bytesOf(s3, input.data, SOURCE) : open(resources[resource]));
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
  const bucketSources = sources.filter((source) => source.type === 'bucket');
  const keys = [...new Set(bucketSources.map((source) => source.key))];
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
