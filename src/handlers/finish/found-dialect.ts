import type { S3Client } from '@aws-sdk/client-s3';
import { foundDialect } from '../../engine/validate/found-dialect';
import type { FinishInput } from '../../shared/execution-contract';
import type { FoundDialect } from '../../shared/job';
import { SOURCE } from '../objects/object-access';
import { bytesOf } from '../objects/object-reader';
import { readSpec } from '../objects/spec-object';
import { isTransient } from '../transient-error';

/**
 * What was found out of the job's source, from its first bytes once more: the same bytes always give the same. Undefined
 * where the dialect is fixed, and where the file cannot be read that far: nothing of it may stand in the way of recording
 * how the job ended.
 */
export async function dialectOf(s3: S3Client, input: FinishInput): Promise<FoundDialect | undefined> {
  const { job } = input;
  try {
    const spec = await readSpec(s3, input.spec);
    if (!spec.dialect.detect) return undefined;
    return await foundDialect(bytesOf(s3, job, SOURCE), job.key, spec);
  } catch (error) {
    if (isTransient(error)) throw error;
    return undefined;
  }
}
