import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { callApi, type Answer } from './signed-request';
import type { Target } from './target';
import { until } from './wait';
import type { JobItem } from '../../src/shared/job';

const FINAL = ['SUCCEEDED', 'FAILED', 'SUPERSEDED'];

/** An object as it lies in the bucket; `text` is its UTF-8. */
interface StoredObject {
  readonly bytes: Buffer;
  readonly text: string;
  readonly metadata: Record<string, string>;
}

/** One pipeline of the target, found by the outputs that carry its construct's path. */
export class Pipeline {
  constructor(
    readonly target: Target,
    readonly path: string,
  ) {}

  output(name: string): string {
    const value = this.target.outputs[`${this.path}${name}`];
    if (value === undefined) {
      throw new Error(
        `no output ${this.path}${name}; there are ${Object.keys(this.target.outputs).join(', ')}`,
      );
    }
    return value;
  }

  get bucket(): string {
    return this.output('BucketName');
  }

  get table(): string {
    return this.output('JobTableName');
  }

  /** Puts an object and gives its version id, empty where the bucket keeps no versions. */
  async put(key: string, body: string | Buffer, metadata?: Record<string, string>): Promise<string> {
    const answer = await this.target.s3.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: body,
        // The SDK takes an empty text for a stream of unknown length.
        ContentLength: Buffer.byteLength(body),
        Metadata: metadata,
      }),
    );
    return answer.VersionId ?? '';
  }

  /** Drops a file and waits until its job has ended. */
  async run(key: string, body: string | Buffer, metadata?: Record<string, string>): Promise<JobItem> {
    return this.finished(key, await this.put(key, body, metadata));
  }

  /** All jobs of a key, or of one of its versions. */
  async jobs(key: string, versionId?: string): Promise<JobItem[]> {
    if (versionId === undefined) return this.scan({ fileName: key });
    return this.scan({ fileName: key, versionId });
  }

  /**
   * Waits until the job of a version of a key has ended.
   *
   * @throws Error where the key's job has no version, as its event named none
   */
  async finished(key: string, versionId: string): Promise<JobItem> {
    return until(async () => {
      const jobs = await this.jobs(key);
      if (versionId !== '' && jobs.some((job) => job.versionId === '')) {
        throw new Error(`the job of ${key} has no version, expected ${versionId}`);
      }
      return jobs.find((job) => job.versionId === versionId && FINAL.includes(job.status));
    });
  }

  /** Waits until a job has a status. */
  async reached(key: string, versionId: string, status: string): Promise<JobItem> {
    return until(async () => (await this.jobs(key, versionId)).find((job) => job.status === status));
  }

  /** Waits until the job of an id has ended. */
  async finishedJob(jobId: string): Promise<JobItem> {
    return until(async () => (await this.scan({ jobId })).find((job) => FINAL.includes(job.status)));
  }

  /** The items of the job table, or those that have these values. */
  async scan(values: Partial<JobItem> = {}): Promise<JobItem[]> {
    const names = Object.keys(values);
    const filter = {
      FilterExpression: names.map((name) => `${name} = :${name}`).join(' AND '),
      ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([n, v]) => [`:${n}`, v])),
    };
    const items: JobItem[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.target.tables.send(
        new ScanCommand({
          TableName: this.table,
          ConsistentRead: true,
          ExclusiveStartKey: from,
          ...(names.length > 0 && filter),
        }),
      );
      items.push(...((page.Items ?? []) as JobItem[]));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  /** Text of an object, or undefined where there is none. */
  async text(key: string): Promise<string | undefined> {
    return (await this.object(key))?.text;
  }

  /** Bytes of an object, or undefined where there is none. */
  async bytes(key: string): Promise<Buffer | undefined> {
    return (await this.object(key))?.bytes;
  }

  /** Content and metadata of an object, or undefined where there is none. */
  async object(key: string): Promise<StoredObject | undefined> {
    try {
      const answer = await this.target.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      const bytes = Buffer.from(await answer.Body!.transformToByteArray());
      return { bytes, text: bytes.toString('utf8'), metadata: answer.Metadata ?? {} };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  /** Keys under a prefix. */
  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    let from: string | undefined;
    do {
      const page = await this.target.s3.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix: prefix, ContinuationToken: from }),
      );
      keys.push(...(page.Contents ?? []).map((object) => object.Key!));
      from = page.NextContinuationToken;
    } while (from);
    return keys;
  }

  /** Calls an operation of the API. */
  async api(method: 'GET' | 'POST', path: string, body?: unknown, signed = true): Promise<Answer> {
    const base = this.output('ApiUrl').replace(/\/$/, '');
    return callApi(this.target, { method, url: `${base}${path}`, body, signed });
  }
}
