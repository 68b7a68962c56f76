import type { S3Client } from '@aws-sdk/client-s3';
import type { ObjectPointer } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import { SOURCE, uriOf } from '../objects/object-access';
import { headObject } from '../objects/object-reader';

/**
 * Refuses a source that one function cannot read within its time, before the first byte is read.
 *
 * @throws PipelineError `file-too-large`, `source-not-found`
 */
export async function refuseLargerThan(maxBytes: number, s3: S3Client, source: ObjectPointer): Promise<void> {
  const head = await headObject(s3, source, SOURCE);
  if (!head) throw new PipelineError('source-not-found', `${SOURCE.name} ${uriOf(source)} does not exist`);
  if (head.sizeBytes <= maxBytes) return;
  throw new PipelineError(
    'file-too-large',
    `the source has ${head.sizeBytes} bytes, one function reads at most ${maxBytes}`,
  );
}
