import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { constructError } from './construct-error';
import { environmentSuffixOf } from './environment-suffix';
import { checkedInputPrefix } from './input-keys';
import { bucketPhysicalName } from './names';
import { checkedDays } from './prop-checks';
import { bucketReference } from './resource-reference';
import { PREFIX } from './shared/layout';

/** Props of EtlBucket. */
export interface EtlBucketProps {
  /**
   * Part of every name, so that several environments fit into one account: 1 to 20 lower-case letters, digits and
   * inner hyphens.
   * @default - the context value `environmentSuffix`, else `dev`
   */
  readonly environmentSuffix?: string;

  /**
   * A bucket that exists already, instead of one that is made here. It needs versioning, and EventBridge notifications
   * switched on; its lifecycle stays as it is.
   * @default - a bucket is made
   */
  readonly bucket?: s3.IBucket;

  /**
   * The prefix under which new files start jobs, with its slash at the end.
   * @default 'raw/'
   */
  readonly inputPrefix?: string;

  /**
   * How long source files are kept, in whole days.
   * @default Duration.days(30)
   */
  readonly rawRetention?: Duration;

  /**
   * How long rejects files under `failed/` are kept, in whole days.
   * @default Duration.days(90)
   */
  readonly failedRetention?: Duration;

  /**
   * How long the files between the steps, under `staging/`, are kept, in whole days. It has to be longer than a job runs.
   * @default Duration.days(1)
   */
  readonly stagingRetention?: Duration;

  /**
   * How long replaced, deleted and expired objects can still be brought back, in whole days. After this time S3 deletes
   * them for good. It has to be longer than a job runs, because a job reads the version that it began with.
   * @default Duration.days(7)
   */
  readonly noncurrentVersionRetention?: Duration;

  /**
   * Whether the bucket sends its events to EventBridge, too. An `EtlTrigger` in another stack needs this.
   * @default false
   */
  readonly eventBridgeEnabled?: boolean;

  /**
   * What happens to the bucket when it leaves the stack. With `DESTROY` its objects are deleted with it.
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

interface Listener {
  readonly path: string;
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The bucket of a pipeline: versioned, encrypted, without public access, TLS only. Source files come in under `raw/`,
 * results stand under `processed/`, rejected rows under `failed/`, lookup files under `reference/`, reports of the daily
 * check under `reports/`; `staging/` holds what passes between the steps.
 */
export class EtlBucket extends Construct {
  /** The bucket, made here or passed in. */
  public readonly bucket: s3.IBucket;

  /** The prefix under which new files start jobs. */
  public readonly inputPrefix: string;

  /** Whether the bucket that was made here sends its events to EventBridge, too. */
  public readonly eventBridgeEnabled: boolean;

  /**
   * How long the bucket that was made here keeps what a running job still reads, by the names of the props.
   * @internal
   */
  public readonly _jobRetentions: Readonly<Record<string, Duration>>;

  private readonly listeners: Listener[] = [];

  public constructor(scope: Construct, id: string, props: EtlBucketProps = {}) {
    super(scope, id);
    this.inputPrefix = checkedInputPrefix(this, props.inputPrefix);
    this.eventBridgeEnabled = props.eventBridgeEnabled ?? false;
    this._jobRetentions = {
      stagingRetention: this.days('stagingRetention', props.stagingRetention, 1),
      noncurrentVersionRetention: this.days(
        'noncurrentVersionRetention',
        props.noncurrentVersionRetention,
        7,
      ),
    };
    this.bucket = props.bucket ? this.accept(props.bucket, props) : this.make(props);
  }

  /** Lets the grantee put source files, each of which starts a job. */
  public grantPutRaw(grantee: iam.IGrantable): iam.Grant {
    return this.grantPut(grantee, this.inputPrefix);
  }

  /**
   * Lets the grantee read source files and list them by their prefix. S3 answers a read of an absent key with 403, as to
   * everybody who may not list the whole bucket.
   */
  public grantReadRaw(grantee: iam.IGrantable): iam.Grant {
    return this.grantRead(grantee, this.inputPrefix);
  }

  /** Lets the grantee read the published results, and list them by their prefix. */
  public grantReadProcessed(grantee: iam.IGrantable): iam.Grant {
    return this.grantRead(grantee, PREFIX.processed);
  }

  /** Lets the grantee read the rejected rows, and list their files by their prefix. */
  public grantReadFailed(grantee: iam.IGrantable): iam.Grant {
    return this.grantRead(grantee, PREFIX.failed);
  }

  /** Lets the grantee read the reports of the daily check, and list them by their prefix. */
  public grantReadReports(grantee: iam.IGrantable): iam.Grant {
    return this.grantRead(grantee, PREFIX.reports);
  }

  /** Lets the grantee replace the lookup files under `reference/`. */
  public grantPutReference(grantee: iam.IGrantable): iam.Grant {
    return this.grantPut(grantee, PREFIX.reference);
  }

  /**
   * Keeps triggers apart: S3 refuses notifications of one bucket that could stand for the same key.
   * @internal
   */
  public _listen(trigger: Construct, prefix: string, suffix: string): void {
    const other = this.listeners.find(
      (listener) =>
        (prefix.startsWith(listener.prefix) || listener.prefix.startsWith(prefix)) &&
        (suffix.endsWith(listener.suffix) || listener.suffix.endsWith(suffix)),
    );
    if (other) {
      throw constructError(
        trigger,
        `inputPrefix and inputSuffixes must not overlap with those of ${other.path} on the same bucket, ` +
          `got ${prefix}*${suffix} beside ${other.prefix}*${other.suffix}`,
      );
    }
    this.listeners.push({ path: trigger.node.path, prefix, suffix });
  }

  private make(props: EtlBucketProps): s3.Bucket {
    const suffix = environmentSuffixOf(this, props.environmentSuffix);
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
    return new s3.Bucket(this, 'Bucket', {
      bucketName: bucketPhysicalName(this, suffix),
      versioned: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      eventBridgeEnabled: props.eventBridgeEnabled,
      lifecycleRules: this.lifecycleRules(props),
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
  }

  private accept(bucket: s3.IBucket, props: EtlBucketProps): s3.IBucket {
    const ofOwnBucket = {
      rawRetention: props.rawRetention,
      failedRetention: props.failedRetention,
      stagingRetention: props.stagingRetention,
      noncurrentVersionRetention: props.noncurrentVersionRetention,
      eventBridgeEnabled: props.eventBridgeEnabled,
    };
    const conflicting = Object.entries(ofOwnBucket).find(([, value]) => value !== undefined);
    if (conflicting) {
      throw constructError(
        this,
        `${conflicting[0]} cannot be set on a bucket that is passed in; set it where that bucket is made`,
      );
    }
    const child = bucket.node.defaultChild;
    if (child instanceof s3.CfnBucket && child.versioningConfiguration === undefined) {
      Annotations.of(this).addWarningV2(
        'serverless-csv-etl:unversioned-bucket',
        `the bucket ${bucket.node.path} is not versioned: every job ends as FAILED (source-not-versioned)`,
      );
    }
    return bucket;
  }

  private days(prop: string, duration: Duration | undefined, defaultDays: number): Duration {
    return checkedDays(this, prop, duration ?? Duration.days(defaultDays));
  }

  private lifecycleRules(props: EtlBucketProps): s3.LifecycleRule[] {
    const raw = this.days('rawRetention', props.rawRetention, 30);
    const failed = this.days('failedRetention', props.failedRetention, 90);
    return [
      { id: 'raw', prefix: this.inputPrefix, expiration: raw },
      { id: 'failed', prefix: PREFIX.failed, expiration: failed },
      {
        id: 'staging',
        prefix: PREFIX.staging,
        expiration: this._jobRetentions.stagingRetention,
        noncurrentVersionExpiration: Duration.days(1),
      },
      {
        id: 'leftovers',
        noncurrentVersionExpiration: this._jobRetentions.noncurrentVersionRetention,
        // Not allowed beside an expiration in one rule.
        expiredObjectDeleteMarker: true,
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ];
  }

  private grantRead(grantee: iam.IGrantable, prefix: string): iam.Grant {
    const { arn } = bucketReference(this, this.bucket);
    const listing = iam.Grant.addToPrincipal({
      grantee,
      actions: ['s3:ListBucket'],
      resourceArns: [arn],
      // Not IfExists: that would let a listing of the whole bucket pass, which names no prefix.
      conditions: { StringLike: { 's3:prefix': `${prefix}*` } },
    });
    const objects = this.grant(grantee, ['s3:GetObject', 's3:GetObjectVersion'], prefix, ['kms:Decrypt']);
    return listing.combine(objects);
  }

  /** S3 decrypts the parts of a multipart upload when it puts them together. */
  private grantPut(grantee: iam.IGrantable, prefix: string): iam.Grant {
    const keyActions = ['kms:Decrypt', 'kms:GenerateDataKey'];
    return this.grant(grantee, ['s3:PutObject', 's3:AbortMultipartUpload'], prefix, keyActions);
  }

  private grant(grantee: iam.IGrantable, actions: string[], prefix: string, keyActions: string[]): iam.Grant {
    const { arn } = bucketReference(this, this.bucket);
    const objects = iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [`${arn}/${prefix}*`] });
    const key = this.bucket.encryptionKey;
    if (!key) return objects;
    return objects.combine(
      iam.Grant.addToPrincipal({ grantee, actions: keyActions, resourceArns: [key.keyArn] }),
    );
  }
}
