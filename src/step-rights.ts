import { Annotations, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { hashKeyStatements, type NamedHashKeys } from './hash-key';
import { isReferenceFree } from './resource-reference';
import { assetStatement, bucketStatements } from './rights';
import { PREFIX } from './shared/layout';
import type { StepName } from './shared/step-contract';

/** Lookup files of a step. */
export interface LookupFiles {
  /** Keys of those in the bucket, each once; the step pins them to a version once per job. */
  readonly keys: readonly string[];
  /** Those that are shipped with the stack. */
  readonly assets: readonly Asset[];
}

/** What each step reads and writes in the pipeline's bucket, and the secrets that it reads. Validate alone reads the source itself. */
export function stepStatements(
  scope: Construct,
  step: StepName,
  places: {
    readonly bucket: s3.IBucket;
    readonly inputPrefix: string;
    readonly lookups: LookupFiles;
    /** What the schema's foreign keys refer to. */
    readonly references: LookupFiles;
    /** Keys of the hashes, which Transform reads. */
    readonly hashKeys: NamedHashKeys;
  },
): iam.PolicyStatement[] {
  const { lookups, references } = places;
  const staging = `${PREFIX.staging}*`;
  const reads = {
    validate: {
      // The versions that it has pinned stand under its own prefix.
      read: references.keys.length > 0 ? [`${PREFIX.staging}*/validate/*`, ...references.keys] : [],
      readVersion: [`${places.inputPrefix}*`, ...references.keys],
    },
    transform: { read: [staging] },
    enrich: { read: [staging, ...lookups.keys], readVersion: lookups.keys },
  };
  const assets = { validate: references.assets, transform: [], enrich: lookups.assets };
  const statements = bucketStatements(scope, places.bucket, {
    ...reads[step],
    write: [`${PREFIX.staging}*/${step}/*`],
  });
  const secrets = step === 'transform' ? hashKeyStatements(scope, places.hashKeys) : [];
  return [...statements, ...assets[step].map(assetStatement), ...secrets];
}

/**
 * Gives a passed-in function its rights in the pipeline's bucket. A function of another stack gets them only where its
 * stack does not have to refer to ours for it: our state machine refers to the function, and both at once is a cycle.
 */
export function grantToPassedFunction(
  scope: Construct,
  handler: lambda.IFunction,
  statements: readonly iam.PolicyStatement[],
): void {
  const sameStack = Stack.of(handler) === Stack.of(scope);
  const grantable = statements.filter(
    (statement) => sameStack || statement.resources.every((resource) => isReferenceFree(handler, resource)),
  );
  grantable.forEach((statement) => handler.role?.addToPrincipalPolicy(statement));
  if (!handler.role || grantable.length < statements.length) {
    Annotations.of(scope).addInfoV2(
      'serverless-csv-etl:step-rights',
      `the function ${handler.node.path} is imported or in another stack: its role needs the rights of its step ` +
        'in the bucket of the pipeline from you (see StepHandler)',
    );
  }
}
