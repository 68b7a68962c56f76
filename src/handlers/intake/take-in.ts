import type { JobStarter } from '../jobs/job-starter';
import { log } from '../log';
import { type InputFilter, isInput } from '../object-key';
import { recordsOf, type SourceEvent } from './source-events';

export interface Intake {
  readonly bucket: string;
  readonly filter: InputFilter;
  readonly starter: JobStarter;
}

/** How many records of an event became what. */
export interface TakenIn {
  readonly started: number;
  /** Jobs that were there before. */
  readonly existing: number;
  readonly ignored: number;
}

/**
 * Starts a job for every source that an event tells of. Every record is tried before an error is thrown; Lambda then
 * delivers the whole event again, which does no harm to the jobs that were started.
 */
export async function takeIn(intake: Intake, event: unknown): Promise<TakenIn> {
  const results = await Promise.allSettled(
    recordsOf(event).map(async (record) => takeInRecord(intake, record())),
  );
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (errors.length > 0) {
    throw new AggregateError(
      errors,
      `${errors.length} of ${results.length} records could not be handled: ${errors[0].message}`,
    );
  }
  const count = (outcome: keyof TakenIn) =>
    results.filter((result) => result.status === 'fulfilled' && result.value === outcome).length;
  return { started: count('started'), existing: count('existing'), ignored: count('ignored') };
}

async function takeInRecord(intake: Intake, event: SourceEvent): Promise<keyof TakenIn> {
  if ('ignored' in event) return ignore(event.ignored);
  const { source } = event;
  if (source.bucket !== intake.bucket) return ignore(`bucket ${source.bucket} is not the pipeline's`);
  if (!isInput(source.key, intake.filter)) return ignore('the key is not input of the pipeline', source.key);
  const { item, isNew } = await intake.starter.start(source);
  log('INFO', isNew ? 'job started' : 'job is there already', {
    jobId: item.jobId,
    key: item.fileName,
    status: item.status,
  });
  return isNew ? 'started' : 'existing';
}

function ignore(reason: string, key?: string): 'ignored' {
  log('INFO', 'event ignored', { reason, key });
  return 'ignored';
}
