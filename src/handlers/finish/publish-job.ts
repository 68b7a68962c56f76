import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { FinishInput } from '../../shared/execution-contract';
import { DEFAULT_OUTPUT, OUTPUT_FILES } from '../../spec/output-spec';
import { outputKeyOf, rejectsKeyOf } from '../object-key';
import { failedOutcome, type JobOutcome } from './job-outcome';
import { publish, PUBLICATION_LIMITS, type PublicationLimits } from './publication';
import { breachOf } from './reject-policy';
import { mergeRejects, rowNumbersOf, type StagingContext, writeOutput } from './staged-files';
import { checkedResults } from './step-results';
import { isSettled } from '../jobs/job-ending';
import type { JobStore } from '../jobs/job-store';
import { copyObject } from '../objects/object-copy';
import { readSpec } from '../objects/spec-object';

export interface PublishContext extends StagingContext {
  readonly store: JobStore;
  readonly inputPrefix: string;
  readonly limits?: PublicationLimits;
}

/**
 * Publishes a job of which all steps are done: checks what they returned, merges their rejects with the source, applies
 * the policy, and makes rejects and output visible. Everything it does may be done again by a retry.
 *
 * @returns ENDED where the job was ended by somebody else before it was published
 * @throws PipelineError where nothing may be published
 */
export async function publishJob(context: PublishContext, input: FinishInput): Promise<JobOutcome | 'ENDED'> {
  const { s3, store, inputPrefix, limits = PUBLICATION_LIMITS } = context;
  const { job, execution } = input;
  const results = checkedResults(input);
  const rejectsTo = { bucket: job.bucket, key: rejectsKeyOf(job.key, inputPrefix, job.jobId) };
  const spec = await readSpec(s3, input.spec);
  const { extension, contentType } = OUTPUT_FILES[(spec.output ?? DEFAULT_OUTPUT).type];
  const to = { bucket: job.bucket, key: outputKeyOf(job.key, inputPrefix, extension) };
  const rows = rowNumbersOf(input, spec, results.counts);
  const merged =
    results.rejects.length > 0 ? await mergeRejects(context, input, spec, results, rows) : undefined;
  // A step may return rejects without a row in them.
  const rejects = results.counts.rowsRejected > 0 ? merged : undefined;
  const rejectsKey = rejects ? rejectsTo.key : null;
  const kept =
    rejects && rejects.rowsKept < results.counts.rowsRejected ? { rejectsKept: rejects.rowsKept } : {};
  const publishRejects = async () => {
    // The job's id stands in the key: nobody else writes there.
    if (rejects) await copyObject(s3, { ...rejects, to: rejectsTo, metadata: {} }, limits);
  };

  const breach = breachOf(spec.rejectPolicy, results.counts);
  if (breach !== undefined) {
    await publishRejects();
    const failure = { step: 'finish', errorCode: 'too-many-rejects', errorMessage: breach };
    return { ...failedOutcome(input, failure, rejectsKey), ...kept };
  }

  const output = await writeOutput(context, input, spec, results, rows);
  const publication = { job, ...output, to, contentType, commitId: commitIdOf(input) };
  const outcome = { ...results.counts, countsComplete: true };
  const hasEnded = async () => isSettled(await store.find(job.jobId, job.key), execution.redriveCount);
  const result = await publish(s3, publication, { prepare: publishRejects, hasEnded }, limits);
  if (result === 'PUBLISHED') {
    return { ...outcome, ...kept, status: 'SUCCEEDED', outputs: [to.key], rejects: rejectsKey };
  }
  // The rejects may have become visible before. They stay where another call for this job has published them for good.
  const stored = await store.find(job.jobId, job.key);
  if (rejects && stored?.rejects !== rejectsKey) {
    await s3.send(new DeleteObjectCommand({ Bucket: rejectsTo.bucket, Key: rejectsTo.key }));
  }
  if (result === 'ENDED') return result;
  return { ...outcome, status: 'SUPERSEDED', rowsWritten: 0, outputs: [], rejects: null };
}

/** One execution publishes at most once in each of its attempts. */
function commitIdOf({ execution }: FinishInput): string {
  return `${execution.name}:${execution.redriveCount}`;
}
