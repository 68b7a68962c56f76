import type { S3Client } from '@aws-sdk/client-s3';
import type { StepResults } from './step-results';
import type { ByteSink, CsvEngine } from '../../engine/engine';
import type { FinishInput } from '../../shared/execution-contract';
import { PREFIX } from '../../shared/layout';
import type { ObjectPointer } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import { SOURCE, STEP_DATA, STEP_REJECTS } from '../objects/object-access';
import { bytesOf } from '../objects/object-reader';
import { writeObject } from '../objects/staging-object';

/** What reads and writes files between the steps and their publication. */
export interface StagingContext {
  readonly s3: S3Client;
  readonly engine: CsvEngine;
}

/** A file that is ready to be copied out of `staging/`. */
export interface StagedFile {
  readonly from: ObjectPointer;
  readonly sizeBytes: number;
}

/**
 * Writes the job's rejects: the source's own cells, found again by row number, and after them what was wrong. One line
 * a row that any step rejected.
 *
 * @throws PipelineError `conservation-violated` where the steps' files do not hold as many rows as they counted
 */
export async function mergeRejects(
  { s3, engine }: StagingContext,
  input: FinishInput,
  spec: PipelineSpec,
  results: StepResults,
): Promise<StagedFile> {
  const { job } = input;
  return stage(s3, input, 'rejects.csv', results.counts.rowsRejected, (output) =>
    engine.mergeRejects({
      spec,
      sourceKey: job.key,
      source: bytesOf(s3, job, SOURCE),
      rejects: results.rejects.map((pointer) => bytesOf(s3, pointer, STEP_REJECTS)),
      output,
    }),
  );
}

/**
 * Writes what is published: what the last step wrote, without its row numbers.
 *
 * @throws PipelineError `conservation-violated` where the last step's file does not hold as many rows as it counted
 */
export async function writeOutput(
  { s3, engine }: StagingContext,
  input: FinishInput,
  results: StepResults,
): Promise<StagedFile> {
  return stage(s3, input, 'output.csv', results.counts.rowsWritten, (output) =>
    engine.publish({ input: bytesOf(s3, results.data, STEP_DATA), output }),
  );
}

async function stage(
  s3: S3Client,
  { job }: FinishInput,
  name: string,
  expected: number,
  write: (output: ByteSink) => Promise<{ readonly rows: number }>,
): Promise<StagedFile> {
  const from = { bucket: job.bucket, key: `${PREFIX.staging}${job.jobId}/finish/${name}` };
  const sizeBytes = await writeObject(s3, from, async (output) => {
    const { rows } = await write(output);
    if (rows === expected) return;
    throw new PipelineError(
      'conservation-violated',
      `the steps counted ${expected} rows for ${name}, but their files hold ${rows}`,
    );
  });
  return { from, sizeBytes };
}
