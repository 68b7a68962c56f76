import { Annotations, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { isReferenceFree } from './resource-reference';
import { bucketStatements } from './rights';
import { PREFIX } from './shared/layout';
import type { StepName } from './shared/step-contract';

/** What each step reads and writes in the pipeline's bucket. Validate alone reads the source itself. */
export function stepStatements(
  scope: Construct,
  bucket: s3.IBucket,
  inputPrefix: string,
  step: StepName,
): iam.PolicyStatement[] {
  const write = [`${PREFIX.staging}*/${step}/*`];
  const staging = `${PREFIX.staging}*`;
  const reference = `${PREFIX.reference}*`;
  if (step === 'validate') {
    return bucketStatements(scope, bucket, { readVersion: [`${inputPrefix}*`], write });
  }
  if (step === 'transform') return bucketStatements(scope, bucket, { read: [staging], write });
  // Lookups in the bucket are pinned to a version once per job.
  return bucketStatements(scope, bucket, { read: [staging, reference], readVersion: [reference], write });
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
