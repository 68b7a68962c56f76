import type { S3Client } from '@aws-sdk/client-s3';
import type { StepResults } from './step-results';
import type { ByteSink, CsvEngine } from '../../engine/engine';
import { RowNumbers } from '../../engine/run/row-numbers';
import { isRejectsName } from '../../engine/validate/replay';
import type { FinishInput } from '../../shared/execution-contract';
import type { Counts } from '../../shared/job';
import { PREFIX } from '../../shared/layout';
import type { ObjectPointer } from '../../shared/step-contract';
import { DEFAULT_OUTPUT, OUTPUT_FILES } from '../../spec/output-spec';
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

/** A rejects file, and how many of the rejected rows it holds. */
export interface StagedRejects extends StagedFile {
  readonly rowsKept: number;
}

/**
 * The numbers that rows of the job's source can have: those of the records that validate read. Steps may write or reject
 * each of them once, so that no row can stand for another that is lost.
 */
export function rowNumbersOf({ job }: FinishInput, { dialect }: PipelineSpec, counts: Counts): RowNumbers {
  const { headerRows = [1] } = dialect;
  if (dialect.detect?.includes('header')) return new RowNumbers(1, counts.rowsRead + 1);
  if (dialect.header) {
    // That of a rejects file is one record, whatever the dialect says.
    const last = Math.max(...headerRows);
    return new RowNumbers((isRejectsName(job.key) ? 1 : last) + 1, counts.rowsRead + last);
  }
  // A rejects file that is dropped back has a header, whatever the dialect says.
  return new RowNumbers(1, isRejectsName(job.key) ? counts.rowsRead + 1 : counts.rowsRead);
}

/**
 * Writes the job's rejects: the source's own cells, found again by row number, and after them what was wrong. One line
 * a row that any step rejected.
 *
 * @throws PipelineError `conservation-violated` where the rejects of a step are not as many as it counted
 */
export async function mergeRejects(
  { s3, engine }: StagingContext,
  input: FinishInput,
  spec: PipelineSpec,
  { rejects }: StepResults,
  rows: RowNumbers,
): Promise<StagedRejects> {
  const { job } = input;
  let kept = 0;
  const file = await stage(s3, input, 'rejects.csv', async (output) => {
    const { rowsOfSteps, rowsKept } = await engine.mergeRejects({
      spec,
      sourceKey: job.key,
      source: bytesOf(s3, job, SOURCE),
      rejects: rejects.map(({ pointer }) => bytesOf(s3, pointer, STEP_REJECTS)),
      output,
      rows,
    });
    kept = rowsKept;
    rejects.forEach(({ step, rows: counted }, index) => {
      const found = rowsOfSteps[index];
      if (found !== counted) {
        throw miscounted(`${step} counted ${counted} rejected rows, its rejects hold ${found}`);
      }
    });
  });
  return { ...file, rowsKept: kept };
}

/**
 * Writes what is published: what the last step wrote, without its row numbers, in the pipeline's format.
 *
 * @throws PipelineError `conservation-violated` where the last step's file does not hold as many rows as it counted
 */
export async function writeOutput(
  { s3, engine }: StagingContext,
  input: FinishInput,
  spec: PipelineSpec,
  { data, counts }: StepResults,
  rows: RowNumbers,
): Promise<StagedFile> {
  const { extension = '.csv' } = OUTPUT_FILES[(spec.output ?? DEFAULT_OUTPUT).type];
  return stage(s3, input, `output${extension}`, async (output) => {
    const published = await engine.publish({ spec, input: bytesOf(s3, data, STEP_DATA), output, rows });
    if (published.rows === counts.rowsWritten) return;
    throw miscounted(
      `the last step counted ${counts.rowsWritten} rows written, its data holds ${published.rows}`,
    );
  });
}

async function stage(
  s3: S3Client,
  { job }: FinishInput,
  name: string,
  write: (output: ByteSink) => Promise<void>,
): Promise<StagedFile> {
  const from = { bucket: job.bucket, key: `${PREFIX.staging}${job.jobId}/finish/${name}` };
  return { from, sizeBytes: await writeObject(s3, from, write) };
}

function miscounted(message: string): PipelineError {
  return new PipelineError('conservation-violated', message);
}
