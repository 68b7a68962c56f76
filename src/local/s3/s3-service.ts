import { randomBytes, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { AnswerLost, FailedInside200 } from '../faults/call-faults';
import {
  AwsError,
  type Authorizer,
  type FaultSource,
  type HttpService,
  type Journal,
  type Principal,
} from '../services';
import { send, sendError } from './answer';
import { BlobStore } from './blob-store';
import { UNCONDITIONAL, type Bucket } from './bucket';
import * as buckets from './bucket-operations';
import { S3Context } from './context';
import * as copies from './copy-operations';
import * as deletes from './delete-operations';
import { s3Error } from './errors';
import type { EventDeliveries } from './event-deliveries';
import * as lists from './list-operations';
import * as multipart from './multipart-operations';
import {
  readNotifications,
  type ApiNotificationConfiguration,
  type NotificationTarget,
} from './notification-configuration';
import { ObjectEvents, type EventReceivers } from './object-events';
import * as objects from './object-operations';
import { checkedOperation, type S3Operation } from './operations';
import { singleHeaders, targetOf, type S3Answer, type S3Request } from './request';
import * as tagging from './tagging-operations';

type Handler = (s3: S3Context, request: S3Request) => S3Answer | Promise<S3Answer>;

const HANDLERS: Readonly<Record<S3Operation, Handler>> = {
  ListBuckets: buckets.listBuckets,
  GetBucketLocation: buckets.getBucketLocation,
  GetBucketVersioning: buckets.getBucketVersioning,
  PutBucketVersioning: buckets.putBucketVersioning,
  HeadBucket: buckets.headBucket,
  CreateBucket: buckets.createBucket,
  DeleteBucket: buckets.deleteBucket,
  ListObjects: lists.listObjects,
  ListObjectsV2: lists.listObjectsV2,
  ListObjectVersions: lists.listObjectVersions,
  ListMultipartUploads: multipart.listMultipartUploads,
  DeleteObjects: deletes.deleteObjects,
  GetObject: objects.getObject,
  HeadObject: objects.headObject,
  PutObject: objects.putObject,
  CopyObject: copies.copyObject,
  DeleteObject: deletes.deleteObject,
  GetObjectTagging: tagging.getObjectTagging,
  PutObjectTagging: tagging.putObjectTagging,
  DeleteObjectTagging: tagging.deleteObjectTagging,
  CreateMultipartUpload: multipart.createMultipartUpload,
  UploadPart: multipart.uploadPart,
  UploadPartCopy: multipart.uploadPartCopy,
  CompleteMultipartUpload: multipart.completeMultipartUpload,
  AbortMultipartUpload: multipart.abortMultipartUpload,
  ListParts: multipart.listParts,
};

export interface S3ServiceProps extends EventReceivers {
  /** Folder for the objects' bytes; made where it is not there. */
  readonly dataDir: string;
  readonly authorizer: Authorizer;
  readonly journal: Journal;
  readonly faults: FaultSource;
}

export interface CreateBucketOptions {
  /** @default - never versioned */
  readonly versioning?: 'Enabled' | 'Suspended';
  /** @default - no notifications */
  readonly notifications?: ApiNotificationConfiguration;
}

/** S3 on the laptop: buckets with their rules, bytes on disk, everything else in memory. */
export class S3Service implements HttpService {
  private readonly s3: S3Context;

  constructor(private readonly props: S3ServiceProps) {
    const events = new ObjectEvents(props, props.journal);
    this.s3 = new S3Context(new BlobStore(join(props.dataDir, 's3')), events, props.authorizer);
  }

  /** Makes a bucket. @throws AwsError BucketAlreadyOwnedByYou, InvalidBucketName */
  createBucket(name: string, options: CreateBucketOptions = {}): Bucket {
    const bucket = buckets.addBucket(this.s3, name);
    bucket.versioning = options.versioning;
    if (options.notifications) {
      bucket.notifications = readNotifications(options.notifications, `bucket ${name}`);
    }
    return bucket;
  }

  /** The bucket of that name. @throws AwsError NoSuchBucket */
  bucket(name: string): Bucket {
    return this.s3.bucket(name);
  }

  hasBucket(name: string): boolean {
    return this.s3.buckets.has(name);
  }

  /** Puts a file in a bucket without an event, as the publishing of assets does before a stack is deployed. */
  async putFile(
    bucketName: string,
    key: string,
    path: string,
    contentType = 'application/octet-stream',
  ): Promise<void> {
    const bucket = this.s3.bucket(bucketName);
    const md5 = createHash('md5');
    const segment = await this.s3.blobs.write(
      (async function* () {
        for await (const chunk of createReadStream(path)) {
          md5.update(chunk as Buffer);
          yield chunk as Buffer;
        }
      })(),
    );
    bucket.write(
      key,
      {
        segments: [segment],
        size: segment.length,
        etag: md5.digest('hex'),
        headers: { 'content-type': contentType },
        metadata: {},
        tags: {},
        checksum: undefined,
        parts: undefined,
      },
      bucket.beginWrite(key, UNCONDITIONAL),
    );
  }

  /** Resolves when every event under way has been handed over. */
  settled(): Promise<void> {
    return this.s3.events.deliveries.settled();
  }

  /** The way of events, where they can be held back. */
  get deliveries(): EventDeliveries {
    return this.s3.events.deliveries;
  }

  /** Sends S3's test event to some targets of a bucket, or to all. */
  async sendTestEvent(
    bucketName: string,
    wanted: (target: NotificationTarget) => boolean = () => true,
  ): Promise<void> {
    const bucket = this.s3.bucket(bucketName);
    await this.s3.events.test(bucket, bucket.notifications.targets.filter(wanted));
  }

  async handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    response.setHeader('x-amz-request-id', requestId);
    response.setHeader('x-amz-id-2', requestId);
    try {
      const parsed = parse(request, principal);
      const operation = checkedOperation(parsed);
      const call = { service: 's3', operation, on: `${parsed.bucket}/${parsed.key}` } as const;
      const answer = await this.props.faults.around(call, async () => HANDLERS[operation](this.s3, parsed));
      request.resume();
      await send(response, answer, request.method === 'HEAD');
    } catch (error) {
      request.resume();
      if (response.headersSent || error instanceof AnswerLost) {
        response.destroy();
        return;
      }
      sendError(request, response, asAwsError(error), requestId);
    }
  }
}

function parse(request: IncomingMessage, principal: Principal): S3Request {
  const url = request.url!;
  const { bucket, key } = targetOf(url, request.headers.host);
  const query = new URLSearchParams(url.split('?').slice(1).join('?'));
  const parsed = {
    method: request.method!,
    query,
    headers: { ...presignedChecksums(query), ...singleHeaders(request.headers) },
    body: request,
    principal,
  };
  return { ...parsed, bucket: bucket ?? '', key: key ?? '' };
}

/** A presigned URL carries the checksum of its body as a parameter, and S3 holds the body to it. */
function presignedChecksums(query: URLSearchParams): Record<string, string> {
  const checksums = [...query].filter(([name]) => /^x-amz-(sdk-)?checksum-/i.test(name));
  return Object.fromEntries(checksums.map(([name, value]) => [name.toLowerCase(), value]));
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof FailedInside200) return error.error;
  return s3Error('InternalError', `${error instanceof Error ? (error.stack ?? error.message) : error}`);
}
