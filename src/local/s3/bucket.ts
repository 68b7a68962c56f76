import { createHash, randomBytes } from 'node:crypto';
import type { BlobStore } from './blob-store';
import { checkDelete, checkWrite, type WriteCondition } from './conditions';
import { s3Error } from './errors';
import { type MultipartUpload } from './multipart-upload';
import { NO_NOTIFICATIONS, type NotificationConfiguration } from './notification-configuration';
import {
  NULL_VERSION,
  type DeleteMarker,
  type ObjectContent,
  type ObjectVersion,
  type StoredObject,
} from './object-version';
import type { Statement } from '../iam/policy';

export type Versioning = 'Enabled' | 'Suspended' | undefined;

/** What a write must find when it ends, seen against what was there when it began. */
export interface PendingWrite {
  readonly condition: WriteCondition;
  readonly deletionsBefore: number;
}

/** Any write, whatever is there. */
export const UNCONDITIONAL: WriteCondition = { ifMatch: undefined, ifAbsent: false };

/** The result of a delete, as its answer tells it. */
export interface Deletion {
  readonly versionId: string | undefined;
  readonly deleteMarker: DeleteMarker | undefined;
}

/**
 * A bucket: its settings and the versions of its keys. Each method runs to its end without waiting, which makes it
 * atomic: a condition is judged and the write made visible in one step.
 */
export class Bucket {
  readonly createdAt = new Date();
  readonly uploads = new Map<string, MultipartUpload>();
  versioning: Versioning;
  notifications: NotificationConfiguration = NO_NOTIFICATIONS;
  /** Kept as it was given, since a run on a laptop is over before any rule applies. */
  lifecycle: object | undefined;
  /** Statements of the bucket's policy. */
  policy: readonly Statement[] = [];

  private readonly versions = new Map<string, ObjectVersion[]>();
  private readonly deletions = new Map<string, number>();
  private sorted: string[] | undefined;
  private sequence = 0;

  constructor(
    readonly name: string,
    private readonly blobs: BlobStore,
  ) {}

  get arn(): string {
    return `arn:aws:s3:::${this.name}`;
  }

  /** Every key that has a version, in the order of its UTF-8 bytes. */
  keys(): readonly string[] {
    this.sorted ??= [...this.versions.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return this.sorted;
  }

  /** Versions of a key, oldest first. */
  history(key: string): readonly ObjectVersion[] {
    return this.versions.get(key) ?? [];
  }

  /** The newest version of a key, a delete marker included. */
  newest(key: string): ObjectVersion | undefined {
    return this.history(key).at(-1);
  }

  /** The object that a GET without version gives. */
  current(key: string): StoredObject | undefined {
    const newest = this.newest(key);
    return newest?.kind === 'object' ? newest : undefined;
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.history(key).find((version) => version.versionId === versionId);
  }

  /** To be called before the bytes are read: what happens to the key from here on can make the write a conflict. */
  beginWrite(key: string, condition: WriteCondition): PendingWrite {
    return { condition, deletionsBefore: this.deletionsOf(key) };
  }

  /** How often a current version of the key has been deleted. */
  deletionsOf(key: string): number {
    return this.deletions.get(key) ?? 0;
  }

  /** Makes the content the newest version of the key. @throws AwsError where the condition does not hold */
  write(key: string, content: ObjectContent, pending: PendingWrite): StoredObject {
    const deleted = this.deletionsOf(key) !== pending.deletionsBefore;
    checkWrite(this.current(key), pending.condition, deleted);
    const object: StoredObject = { ...content, kind: 'object', key, ...this.stamp(key) };
    this.push(object);
    return object;
  }

  /** Deletes as a DELETE without version does: leaves a marker where the bucket is or was versioned. */
  delete(key: string, condition: WriteCondition = UNCONDITIONAL): Deletion {
    const current = this.current(key);
    checkDelete(current, condition);
    if (current) this.deletions.set(key, this.deletionsOf(key) + 1);
    if (this.versioning === undefined) {
      this.remove(key, NULL_VERSION);
      return { versionId: undefined, deleteMarker: undefined };
    }
    const deleteMarker: DeleteMarker = { kind: 'delete-marker', key, ...this.stamp(key) };
    this.push(deleteMarker);
    return { versionId: deleteMarker.versionId, deleteMarker };
  }

  /** Deletes one version for good. A version that is not there is no error. */
  deleteVersion(key: string, versionId: string): Deletion {
    const wasCurrent = this.current(key)?.versionId === versionId;
    const removed = this.remove(key, versionId);
    if (wasCurrent) this.deletions.set(key, this.deletionsOf(key) + 1);
    return { versionId, deleteMarker: removed?.kind === 'delete-marker' ? removed : undefined };
  }

  /** Replaces the tags of a version, which do not make a new one. */
  tag(object: StoredObject, tags: Readonly<Record<string, string>>): void {
    const history = this.versions.get(object.key)!;
    history[history.indexOf(object)] = { ...object, tags };
  }

  isEmpty(): boolean {
    return this.versions.size === 0;
  }

  /** Deletes everything, all versions and unfinished uploads. */
  clear(): void {
    for (const key of [...this.keys()]) {
      for (const { versionId } of [...this.history(key)]) this.deleteVersion(key, versionId);
    }
    for (const upload of this.uploads.values()) upload.discard();
    this.uploads.clear();
  }

  /** The upload of that id for that key. @throws AwsError NoSuchUpload */
  upload(key: string, uploadId: string): MultipartUpload {
    const upload = this.uploads.get(uploadId);
    if (upload?.key !== key) throw s3Error('NoSuchUpload', undefined, { UploadId: uploadId });
    return upload;
  }

  private stamp(key: string): { versionId: string; lastModified: Date; sequencer: string } {
    const now = Date.now();
    return {
      versionId: this.versioning === 'Enabled' ? newVersionId() : NULL_VERSION,
      lastModified: new Date(now),
      sequencer: sequencerOf(key, now, this.sequence++),
    };
  }

  private push(version: ObjectVersion): void {
    if (version.versionId === NULL_VERSION) this.remove(version.key, NULL_VERSION);
    const history = this.versions.get(version.key);
    if (history) {
      history.push(version);
    } else {
      this.versions.set(version.key, [version]);
      this.sorted = undefined;
    }
  }

  private remove(key: string, versionId: string): ObjectVersion | undefined {
    const history = this.versions.get(key) ?? [];
    const at = history.findIndex((version) => version.versionId === versionId);
    if (at < 0) return undefined;
    const [removed] = history.splice(at, 1);
    if (history.length === 0) {
      this.versions.delete(key);
      this.sorted = undefined;
    }
    if (removed.kind === 'object') void this.blobs.release(removed.segments);
    return removed;
  }
}

/**
 * Orders the events of one key and says nothing across keys. Sequencers are of different lengths: they compare after the
 * shorter one is padded with zeros on the right
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
 */
function sequencerOf(key: string, time: number, count: number): string {
  const ofKey = createHash('md5').update(key).digest('hex').slice(0, 4);
  const hex = ofKey + time.toString(16).padStart(12, '0') + count.toString(16).padStart(6, '0');
  return hex.toUpperCase().replace(/(00)+$/, '');
}

function newVersionId(): string {
  return randomBytes(24).toString('base64url').replace(/[-_]/g, '.');
}
