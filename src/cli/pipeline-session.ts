import { createReadStream, createWriteStream, mkdirSync, renameSync } from 'node:fs';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline as stream } from 'node:stream/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalRun } from '../local/local-run';
import type { JournalEntry } from '../local/services';
import type { Pipeline } from '../local/template/pipelines';
import { FINAL_RANK, STATUS_RANK, type JobItem } from '../shared/job';

/** A file in the pipeline's bucket, as it was put there. */
export interface DroppedFile {
  readonly file: string;
  readonly key: string;
  readonly versionId: string;
}

/** What goes wrong is thrown; the SDK's own remarks would stand between the lines. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** One pipeline of a run, used as somebody uses it who has nothing but the AWS SDK. */
export class PipelineSession {
  private readonly s3: S3Client;
  private readonly tables: DynamoDBDocumentClient;

  constructor(
    private readonly run: LocalRun,
    readonly pipeline: Pipeline,
  ) {
    const config = {
      endpoint: run.endpoint,
      region: run.region,
      credentials: run.credentials,
      logger: SILENT,
    };
    this.s3 = new S3Client(config);
    this.tables = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  }

  /** Puts a file where the pipeline takes it in. The key is `raw/` and the file's name, unless another is given. */
  async drop(file: string, key = this.pipeline.inputPrefix + path.basename(file)): Promise<DroppedFile> {
    const { VersionId = '' } = await this.s3.send(
      new PutObjectCommand({ Bucket: this.pipeline.bucketName, Key: key, Body: createReadStream(file) }),
    );
    return { file, key, versionId: VersionId };
  }

  /**
   * Waits for the end of the job that a dropped file has started.
   *
   * @throws Error where its event ends in a dead-letter queue, or nowhere as policies deny it
   */
  job(dropped: DroppedFile): Promise<JobItem> {
    return new Promise((resolve, reject) => {
      const look = async (): Promise<void> => {
        const item = await this.endedJob(dropped);
        if (!item) return;
        off();
        resolve(item);
      };
      const off = this.run.journal.on((entry) => {
        if (entry.kind === 'dead-letter' && isEventOf(entry.body, dropped)) {
          off();
          reject(
            new Error(
              `the event of ${dropped.key} ended in the dead-letter queue of ${entry.from}${lastError(this.run)}`,
            ),
          );
        } else if (isLoss(entry, this.pipeline)) {
          off();
          reject(lossOf(dropped));
        } else if (entry.kind === 'execution-ended' || entry.kind === 'invocation-ended') {
          look().catch(reject);
        }
      });
      if (this.run.journal.entries.some((entry) => isLoss(entry, this.pipeline))) {
        off();
        reject(lossOf(dropped));
        return;
      }
      look().catch(reject);
    });
  }

  /** Brings an object of the bucket into a file, which is there as a whole or not at all. */
  async download(key: string, file: string): Promise<void> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.pipeline.bucketName, Key: key }));
    mkdirSync(path.dirname(file), { recursive: true });
    const unfinished = `${file}.${process.pid}.part`;
    await stream(Body as Readable, createWriteStream(unfinished));
    renameSync(unfinished, file);
  }

  /** Frees the session's connections. */
  close(): void {
    this.s3.destroy();
    this.tables.destroy();
  }

  /** The job's item, once its execution has ended and its status is final. */
  private async endedJob(dropped: DroppedFile): Promise<JobItem | undefined> {
    const { entries } = this.run.journal;
    const started = entries.find((entry) => isExecutionOf(entry, dropped));
    if (started?.kind !== 'execution-started') return undefined;
    const { executionArn, input } = started;
    const ended = entries.some(
      (entry) => entry.kind === 'execution-ended' && entry.executionArn === executionArn,
    );
    if (!ended) return undefined;
    const { Items = [] } = await this.tables.send(
      new QueryCommand({
        TableName: this.pipeline.jobTableName,
        KeyConditionExpression: 'jobId = :jobId',
        ExpressionAttributeValues: { ':jobId': JSON.parse(input).job.jobId },
        ConsistentRead: true,
      }),
    );
    const item = Items[0] as JobItem | undefined;
    return item && STATUS_RANK[item.status] === FINAL_RANK ? item : undefined;
  }
}

function isExecutionOf(entry: JournalEntry, { key, versionId }: DroppedFile): boolean {
  if (entry.kind !== 'execution-started') return false;
  const { job } = JSON.parse(entry.input) as { job?: { key: string; versionId: string } };
  return job?.key === key && job.versionId === versionId;
}

/** After this nobody hears of an event any more: neither the trigger, nor a dead-letter queue. */
function isLoss(entry: JournalEntry, { triggerFunctionArn }: Pipeline): boolean {
  if (entry.kind !== 'denied') return false;
  return (
    entry.action === 'sqs:SendMessage' ||
    (entry.action === 'lambda:InvokeFunction' && entry.resource === triggerFunctionArn)
  );
}

function lossOf({ key }: DroppedFile): Error {
  return new Error(`the job of ${key} cannot end, as policies deny that its event is handed on`);
}

/** Events of S3 carry the key encoded as in a form. */
function isEventOf(body: string, { key, versionId }: DroppedFile): boolean {
  return versionId === ''
    ? decodeURIComponent(body.replaceAll('+', ' ')).includes(key)
    : body.includes(versionId);
}

/** What the functions wrote last of an error, to tell why. */
function lastError(run: LocalRun): string {
  const line = [...run.journal.entries]
    .reverse()
    .find((entry) => entry.kind === 'log' && entry.line.includes('ERROR'));
  return line?.kind === 'log' ? `: ${line.line}` : '';
}
