import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { FINAL_RANK, type FoundDialect, type JobItem } from '../../shared/job';
import type { JobIdentity } from '../../shared/step-contract';

/** How a job ended: the members of its item that finish decides. */
export interface JobEnding extends Pick<
  JobItem,
  | 'rowsRead'
  | 'rowsWritten'
  | 'rowsRejected'
  | 'rowsFiltered'
  | 'countsComplete'
  | 'outputs'
  | 'rejects'
  | 'durationsMs'
  | 'executionArn'
  | 'attempt'
> {
  readonly job: JobIdentity;
  readonly status: 'SUCCEEDED' | 'SUPERSEDED' | 'FAILED';
  /** ISO-8601 UTC with milliseconds. */
  readonly finishedAt: string;
  readonly expiresAt: number;
  /** Only where the execution knows it. */
  readonly specSha256?: string;
  readonly rejectsKept?: number;
  readonly dialect?: FoundDialect;
  /** Only of FAILED. */
  readonly failure?: JobFailure;
  /** For members that trigger writes, should the execution have been started by hand. */
  readonly otherwise: Pick<JobItem, 'pipeline' | 'sizeBytes' | 'createdAt'>;
}

/** What a failed job says of its failure. */
export interface JobFailure {
  readonly step: string;
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** Whether a job has ended in an attempt or past it, so that nothing of that attempt counts any more. */
export function isSettled(stored: JobItem | undefined, attempt: number): stored is JobItem {
  if (stored?.statusRank !== FINAL_RANK) return false;
  return stored.status !== 'FAILED' || stored.attempt >= attempt;
}

/** The members that an update sets, under aliases: some are DynamoDB's reserved words. */
class Assignments {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly set: string[] = [];

  /** Sets members, whatever is stored. */
  always(members: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(members)) {
      this.set.push(`#${name} = ${this.bind(name, value)}`);
    }
  }

  /** Sets members that are not stored yet. */
  ifAbsent(members: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(members)) {
      this.set.push(`#${name} = if_not_exists(#${name}, ${this.bind(name, value)})`);
    }
  }

  alias(name: string): string {
    this.names[`#${name}`] = name;
    return `#${name}`;
  }

  private bind(name: string, value: unknown): string {
    this.alias(name);
    this.values[`:${name}`] = value;
    return `:${name}`;
  }
}

/**
 * The update that ends a job, on the condition that (attempt, rank) is greater than what is stored, and that no earlier
 * attempt ended in a status that is final for ever.
 */
export function endingUpdate(ending: JobEnding): Omit<UpdateCommandInput, 'TableName'> {
  const { job, failure, otherwise, specSha256, ...members } = ending;
  const assignments = new Assignments();
  assignments.always({ ...members, ...failure, timestamp: ending.finishedAt, statusRank: FINAL_RANK });
  assignments.ifAbsent({ ...otherwise, bucket: job.bucket, versionId: job.versionId });
  if (specSha256 === undefined) assignments.ifAbsent({ specSha256: '' });
  else assignments.always({ specSha256 });
  // A redriven execution may succeed where an earlier attempt left its failure.
  const stale = [
    ...(failure ? [] : ['step', 'errorCode', 'errorMessage']),
    ...(ending.rejectsKept === undefined ? ['rejectsKept'] : []),
  ].map((name) => assignments.alias(name));
  const remove = stale.length > 0 ? ` REMOVE ${stale.join(', ')}` : '';
  return {
    Key: { jobId: job.jobId, fileName: job.key },
    UpdateExpression: `SET ${assignments.set.join(', ')}${remove}`,
    ConditionExpression:
      'attribute_not_exists(jobId) OR ((#attempt < :attempt OR (#attempt = :attempt AND #statusRank < :statusRank)) ' +
      'AND NOT #status IN (:succeeded, :superseded))',
    ExpressionAttributeNames: assignments.names,
    ExpressionAttributeValues: {
      ...assignments.values,
      ':succeeded': 'SUCCEEDED',
      ':superseded': 'SUPERSEDED',
    },
  };
}
