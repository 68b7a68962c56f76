import { type Duration, Token, Tokenization } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { constructError } from './construct-error';
import { EtlStateMachine } from './etl-state-machine';
import { checkedInputPrefix, checkedInputSuffixes } from './input-keys';
import { checkedJobRetention, checkedPipeline } from './job-limits';
import { MAX_NAME_LENGTH, physicalName } from './names';
import {
  areSurelyDifferent,
  bucketReference,
  fixedBucketName,
  fixedTableName,
  tableReference,
} from './resource-reference';
import { ENV } from './shared/environment';

/** Props that trigger and API have in common: both start jobs. */
export interface IntakeProps {
  readonly bucket: s3.IBucket;
  readonly jobTable: dynamodb.ITable;
  readonly stateMachine: sfn.IStateMachine;
  readonly pipeline?: string;
  readonly inputPrefix?: string;
  readonly inputSuffixes?: string[];
  readonly jobRetention?: Duration;
}

/** What trigger and API have to agree on, and their functions with them. */
export interface Intake {
  readonly pipeline: string;
  readonly inputPrefix: string;
  readonly inputSuffixes: string[];
}

/**
 * What the props say of the intake, and for the rest what the state machine says whose jobs it starts. That machine's
 * functions have rights in one bucket, under one prefix, and write to one table under one pipeline's name, so every job
 * of other ones would fail.
 */
export function intakeOf(scope: Construct, props: IntakeProps, suffix: string): Intake {
  const owner = ownerOf(props.stateMachine);
  if (owner) checkBelongsTo(scope, props, owner);
  return {
    pipeline: checkedPipeline(
      scope,
      props.pipeline ?? owner?.pipeline ?? physicalName(scope, suffix, MAX_NAME_LENGTH.pipeline),
    ),
    inputPrefix: checkedInputPrefix(scope, props.inputPrefix ?? owner?.inputPrefix),
    inputSuffixes: checkedInputSuffixes(scope, props.inputSuffixes),
  };
}

/** Both functions start jobs, and find them again, by the same values. */
export function intakeEnvironment(
  scope: Construct,
  props: IntakeProps,
  intake: Intake,
): Record<string, string> {
  const retention = checkedJobRetention(scope, props.jobRetention);
  return {
    [ENV.pipeline]: intake.pipeline,
    [ENV.jobTable]: tableReference(scope, props.jobTable).name,
    [ENV.bucket]: bucketReference(scope, props.bucket).name,
    [ENV.stateMachineArn]: props.stateMachine.stateMachineArn,
    [ENV.inputPrefix]: intake.inputPrefix,
    [ENV.inputSuffixes]: intake.inputSuffixes.join(','),
    [ENV.jobRetentionSeconds]: Tokenization.stringifyNumber(retention.toSeconds()),
  };
}

/** The construct that a state machine was made by; an imported one has none. */
function ownerOf(stateMachine: sfn.IStateMachine): EtlStateMachine | undefined {
  return stateMachine.node.scopes.find((above) => above instanceof EtlStateMachine);
}

function checkBelongsTo(scope: Construct, props: IntakeProps, owner: EtlStateMachine): void {
  for (const prop of ['pipeline', 'inputPrefix'] as const) {
    const got = props[prop];
    const expected = owner[prop];
    if (got === undefined || Token.isUnresolved(got) || Token.isUnresolved(expected)) continue;
    if (got !== expected) {
      throw mismatch(scope, prop, owner, JSON.stringify(got), JSON.stringify(expected));
    }
  }
  const { bucket, jobTable } = props;
  if (areSurelyDifferent(bucket, owner.bucket, fixedBucketName)) {
    throw mismatch(scope, 'bucket', owner, bucket.node.path, owner.bucket.node.path);
  }
  if (areSurelyDifferent(jobTable, owner.jobTable, fixedTableName)) {
    throw mismatch(scope, 'jobTable', owner, jobTable.node.path, owner.jobTable.node.path);
  }
}

function mismatch(
  scope: Construct,
  prop: string,
  owner: EtlStateMachine,
  got: string,
  expected: string,
): Error {
  return constructError(
    scope,
    `${prop} must be that of the state machine ${owner.node.path}, got ${got}, expected ${expected}`,
  );
}
