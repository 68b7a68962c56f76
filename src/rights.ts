import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { bucketReference, tableReference } from './resource-reference';
import { JOB_TABLE_KEYS } from './shared/job';

/** What a function may do in the pipeline's bucket; each member lists key patterns such as `raw/*`. */
export interface BucketRights {
  /** Read the current version. HEAD and If-Match need it, too. */
  readonly read: readonly string[];
  /** Read a version by its id. */
  readonly readVersion?: readonly string[];
  /** Write, in one piece or in parts. */
  readonly write?: readonly string[];
  /** Write in one piece only: nothing is ever left half-way that would have to be aborted. */
  readonly put?: readonly string[];
  readonly remove?: readonly string[];
}

/** Statements for the rights in a bucket, as `scope`'s stack has to write them. */
export function bucketStatements(
  scope: Construct,
  bucket: s3.IBucket,
  rights: BucketRights,
): iam.PolicyStatement[] {
  const { arn } = bucketReference(scope, bucket);
  const objects = (patterns: readonly string[]) => patterns.map((pattern) => `${arn}/${pattern}`);
  const { read, readVersion = [], write = [], put = [], remove = [] } = rights;
  const statements = [
    allow(['s3:GetObject'], objects(read)),
    allow(['s3:GetObjectVersion'], objects(readVersion)),
    allow(['s3:PutObject', 's3:AbortMultipartUpload'], objects(write)),
    allow(['s3:PutObject'], objects(put)),
    allow(['s3:DeleteObject'], objects(remove)),
    listStatement(arn, [...read, ...readVersion]),
  ];
  if (bucket.encryptionKey) {
    const writes = write.length + put.length > 0;
    const actions = writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'];
    statements.push(allow(actions, [bucket.encryptionKey.keyArn]));
  }
  return statements.filter((statement) => statement.resources.length > 0);
}

/** Statements for actions on the job table's items, and on its index where a function queries that. */
export function tableStatements(
  scope: Construct,
  table: dynamodb.ITable,
  rights: { readonly table?: readonly string[]; readonly index?: readonly string[] },
): iam.PolicyStatement[] {
  const { arn } = tableReference(scope, table);
  const statements: iam.PolicyStatement[] = [];
  if (rights.table) statements.push(allow([...rights.table], [arn]));
  if (rights.index) statements.push(allow([...rights.index], [`${arn}/index/${JOB_TABLE_KEYS.statusIndex}`]));
  // DynamoDB uses the key in the caller's name.
  if (table.encryptionKey) statements.push(allow(['kms:Decrypt'], [table.encryptionKey.keyArn]));
  return statements;
}

/**
 * The right to read this file and its other versions: those of the same prefix and ending, whose name is a hash as well.
 * A running or redriven execution carries the pointer to the spec and the lookup files that it began with, and an update
 * of the stack must not take them away from it.
 */
export function assetStatement(asset: Asset): iam.PolicyStatement {
  const anyVersion = asset.s3ObjectKey.replace(asset.assetHash, '?'.repeat(asset.assetHash.length));
  return allow(['s3:GetObject'], [asset.bucket.arnForObjects(anyVersion)]);
}

export function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}

/**
 * Without ListBucket S3 answers 403 for an absent key, and it could not be told from a missing right. A HEAD or GET
 * carries no `s3:prefix`, so the condition has to let its absence pass; a listing with another prefix is refused. That a
 * listing without any prefix passes, too, is the price of telling 404 from 403. Rights that others are granted do not pay
 * it (`EtlBucket`).
 */
function listStatement(bucketArn: string, patterns: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucketArn],
    conditions: { StringLikeIfExists: { 's3:prefix': [...new Set(patterns)].sort() } },
  });
}
