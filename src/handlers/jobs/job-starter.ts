import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { jobIdOf, type SourceVersion } from './job-identity';
import type { JobStore } from './job-store';
import type { ErrorCodeName } from '../../shared/error-codes';
import type { ExecutionInput } from '../../shared/execution-contract';
import { type JobItem, STATUS_RANK } from '../../shared/job';
import { type JobIdentity, STEP_CONTRACT_VERSION } from '../../shared/step-contract';
import { log } from '../log';
import { emit } from '../metrics';

/** A version of a source, as an event or S3 tells of it. */
export interface Source extends SourceVersion {
  readonly sizeBytes: number;
}

export interface PipelineSettings {
  readonly pipeline: string;
  readonly stateMachineArn: string;
  /** Seconds that a job's item is kept. */
  readonly retentionSeconds: number;
}

export interface StartedJob {
  readonly item: JobItem;
  /** False where the job was there already. */
  readonly isNew: boolean;
  readonly executionArn: string;
}

/** Starts jobs, each of them once, however often its event is delivered. */
export class JobStarter {
  constructor(
    private readonly store: JobStore,
    private readonly stepFunctions: SFNClient,
    private readonly settings: PipelineSettings,
  ) {}

  /** The id of a source's first job. */
  idOf(source: SourceVersion): string {
    return jobIdOf(this.settings.pipeline, source);
  }

  /**
   * Writes the job as PENDING, then starts the execution that bears its id. The item decides: a job that is past
   * PENDING is left alone, also after its execution's name has become free again; one that is still PENDING is started
   * again, since whoever wrote it may have died before its StartExecution.
   */
  async start(source: Source, jobId = this.idOf(source)): Promise<StartedJob> {
    const fresh = this.pendingItem(source, jobId);
    const isNew = await this.store.create(fresh);
    const item = isNew ? fresh : ((await this.store.find(jobId, source.key)) ?? fresh);
    if (item.statusRank > STATUS_RANK.PENDING) {
      return { item, isNew: false, executionArn: item.executionArn ?? this.executionArnOf(jobId) };
    }
    const executionArn = this.executionArnOf(jobId);
    const job = { jobId, bucket: source.bucket, key: source.key, versionId: source.versionId };
    // An item that was there before may well have its execution behind it, and its end still to be recorded.
    if ((await this.startExecution(job)) || !isNew) return { item, isNew, executionArn };
    return { item: await this.settle(item), isNew: false, executionArn };
  }

  /**
   * An execution of a new job's name has ended: started by another delivery of the event, which was faster, or by a job
   * of that id whose item has expired, while Step Functions remembers names for 90 days. In the second case no execution
   * would ever move the job on: it fails, and its replay has a name of its own.
   */
  private async settle(item: JobItem): Promise<JobItem> {
    const now = new Date().toISOString();
    const failed: JobItem = {
      ...item,
      status: 'FAILED',
      statusRank: STATUS_RANK.FAILED,
      timestamp: now,
      finishedAt: now,
      rowsWritten: 0,
      step: 'start',
      errorCode: 'execution-name-taken' satisfies ErrorCodeName,
      errorMessage: 'an execution of this name ended before the job was written: replay the job',
    };
    if (!(await this.store.endPending(failed))) return (await this.store.find(item.jobId, item.fileName))!;
    const { jobId, status, pipeline } = failed;
    log('ERROR', 'job ended', { jobId, status, errorCode: failed.errorCode });
    emit({ pipeline, properties: { jobId, status }, values: { successRate: 0, failureRate: 100 } });
    return failed;
  }

  /** False where an execution of that name has ended; one that runs with the same input counts as started. */
  private async startExecution(job: JobIdentity): Promise<boolean> {
    // Nothing in the input may differ between two deliveries: the same name with another input is refused.
    const input: ExecutionInput = { contract: STEP_CONTRACT_VERSION, job };
    try {
      await this.stepFunctions.send(
        new StartExecutionCommand({
          stateMachineArn: this.settings.stateMachineArn,
          name: job.jobId,
          input: JSON.stringify(input),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false;
      throw error;
    }
  }

  /** A standard execution's ARN is made of its machine's and its name. */
  private executionArnOf(name: string): string {
    return `${this.settings.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  private pendingItem(source: Source, jobId: string): JobItem {
    const now = new Date();
    return {
      jobId,
      fileName: source.key,
      status: 'PENDING',
      timestamp: now.toISOString(),
      pipeline: this.settings.pipeline,
      bucket: source.bucket,
      versionId: source.versionId,
      sizeBytes: source.sizeBytes,
      rowsRead: null,
      rowsWritten: null,
      rowsRejected: null,
      rowsFiltered: null,
      countsComplete: false,
      outputs: [],
      rejects: null,
      durationsMs: {},
      executionArn: null,
      specSha256: '',
      attempt: 0,
      statusRank: STATUS_RANK.PENDING,
      createdAt: now.toISOString(),
      finishedAt: null,
      expiresAt: expiryOf(now, this.settings.retentionSeconds),
    };
  }
}

/** Epoch seconds after which DynamoDB deletes an item that was last changed then. */
export function expiryOf(changed: Date, retentionSeconds: number): number {
  return Math.floor(changed.getTime() / 1000) + retentionSeconds;
}
