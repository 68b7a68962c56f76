import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { SPEC, uriOf } from './object-access';
import { readObject } from './object-reader';
import type { SpecPointer } from '../../shared/step-contract';
import { parsePipelineSpec } from '../../spec/parse-pipeline-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';

/** Specs that this function has read before, by the hash of their bytes: they never change. */
const known = new Map<string, PipelineSpec>();

/**
 * Reads the pipeline's spec, and makes sure that it is the one the job began with. It was checked
 * at synthesis, and is checked again here: a function of one release may meet the spec of another.
 *
 * @throws PipelineError `spec-mismatch`
 */
export async function readSpec(s3: S3Client, pointer: SpecPointer): Promise<PipelineSpec> {
  const cached = known.get(pointer.sha256);
  if (cached) return cached;
  const bytes = await readObject(s3, { bucket: pointer.bucket, key: pointer.key }, SPEC);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== pointer.sha256) {
    throw new PipelineError(
      'spec-mismatch',
      `the pipeline's spec ${uriOf({ bucket: pointer.bucket, key: pointer.key })} has hash ${sha256}, ` +
        `the job began with ${pointer.sha256}`,
    );
  }
  const spec = parsePipelineSpec(JSON.parse(bytes.toString('utf8')));
  known.set(sha256, spec);
  return spec;
}
