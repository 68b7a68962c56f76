import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { FinishInput } from '../../shared/execution-contract';
import { outputKeyOf, rejectsKeyOf } from '../object-key';
import { failedOutcome, type JobOutcome } from './job-outcome';
import { publish, PUBLICATION_LIMITS, type PublicationLimits } from './publication';
import { breachOf } from './reject-policy';
import { mergeRejects, type StagingContext, writeOutput } from './staged-files';
import { checkedResults } from './step-results';
import { copyObject } from '../objects/object-copy';
import { readSpec } from '../objects/spec-object';

export interface PublishContext extends StagingContext {
  readonly inputPrefix: string;
  readonly limits?: PublicationLimits;
}

/**
 * Publishes a job of which all steps are done: checks what they returned, merges their rejects with the source, applies
 * the policy, and makes rejects and output visible. Everything it does may be done again by a retry.
 *
 * @throws PipelineError where nothing may be published
 */
export async function publishJob(context: PublishContext, input: FinishInput): Promise<JobOutcome> {
  const { s3, inputPrefix, limits = PUBLICATION_LIMITS } = context;
  const { job } = input;
  const results = checkedResults(input);
  const to = { bucket: job.bucket, key: outputKeyOf(job.key, inputPrefix) };
  const rejectsTo = { bucket: job.bucket, key: rejectsKeyOf(job.key, inputPrefix, job.jobId) };
  const spec = await readSpec(s3, input.spec);
  const rejects =
    results.counts.rowsRejected > 0 ? await mergeRejects(context, input, spec, results) : undefined;
  const rejectsKey = rejects ? rejectsTo.key : null;
  const publishRejects = async () => {
    // The job's id stands in the key: nobody else writes there.
    if (rejects) await copyObject(s3, { ...rejects, to: rejectsTo, metadata: {} }, limits);
  };

  const breach = breachOf(spec.rejectPolicy, results.counts);
  if (breach !== undefined) {
    await publishRejects();
    const failure = { step: 'finish', errorCode: 'too-many-rejects', errorMessage: breach };
    return failedOutcome(input, failure, rejectsKey);
  }

  const output = await writeOutput(context, input, results);
  const publication = { job, ...output, to, commitId: commitIdOf(input) };
  const outcome = { ...results.counts, countsComplete: true };
  if ((await publish(s3, publication, publishRejects, limits)) === 'PUBLISHED') {
    return { ...outcome, status: 'SUCCEEDED', outputs: [to.key], rejects: rejectsKey };
  }
  // The rejects may have become visible before the newer source arrived.
  if (rejects) await s3.send(new DeleteObjectCommand({ Bucket: rejectsTo.bucket, Key: rejectsTo.key }));
  return { ...outcome, status: 'SUPERSEDED', rowsWritten: 0, outputs: [], rejects: null };
}

/** One execution publishes at most once in each of its attempts. */
function commitIdOf({ execution }: FinishInput): string {
  return `${execution.name}:${execution.redriveCount}`;
}
