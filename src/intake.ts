import { Duration, Tokenization } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { EtlStateMachine } from './etl-state-machine';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { checkedDays } from './prop-checks';
import { bucketReference, tableReference } from './resource-reference';
import { ENV } from './shared/environment';
import { JOB_RETENTION_DAYS } from './shared/job';

/** Props that trigger and API have in common: both start jobs. */
export interface IntakeProps {
  readonly bucket: s3.IBucket;
  readonly jobTable: dynamodb.ITable;
  readonly stateMachine: sfn.IStateMachine;
  readonly jobRetention?: Duration;
}

/** What trigger and API have to agree on, and their functions with them. */
export interface Intake {
  readonly pipeline: string;
  readonly inputPrefix: string;
  readonly inputSuffixes: string[];
}

/** Both functions start jobs, and find them again, by the same values. */
export function intakeEnvironment(
  scope: Construct,
  props: IntakeProps,
  intake: Intake,
): Record<string, string> {
  const retention = checkedDays(
    scope,
    'jobRetention',
    props.jobRetention ?? Duration.days(JOB_RETENTION_DAYS),
  );
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

/** Identity of the pipeline that a state machine runs: job ids of trigger and API have to be those of finish. */
export function pipelineOf(scope: Construct, stateMachine: sfn.IStateMachine, suffix: string): string {
  const owner = stateMachine.node.scopes.find((above) => above instanceof EtlStateMachine);
  return owner?.pipeline ?? physicalName(scope, suffix, MAX_NAME_LENGTH.pipeline);
}
