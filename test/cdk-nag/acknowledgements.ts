import { Stack } from 'aws-cdk-lib';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { ServerlessCsvEtl } from '../../src';

/** A finding of cdk-nag that is not right here, and why. */
export interface Acknowledgement {
  readonly id: string;
  /** Path below the stack of the construct that it is about. */
  readonly path: string;
  readonly reason: string;
}

const ACCOUNT_ROLE =
  'API Gateway writes logs with a role that an account has once for a whole region, which a library must not replace; the ' +
  'prop accessLogDestination switches the access log on where that role is there.';

/** Everything that holds for a pipeline with any props. */
export function acknowledgements(etl: ServerlessCsvEtl): Acknowledgement[] {
  return [...storage(etl), ...roles(etl), ...functions(), ...api()].map(({ path, ...rest }) => ({
    ...rest,
    path: path.startsWith('/') ? path.slice(1) : `${etl.node.id}/${path}`,
  }));
}

/** What holds besides where the API has no access log. */
export function withoutAccessLog(etl: ServerlessCsvEtl): Acknowledgement[] {
  return ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging'].map((id) => ({
    id,
    path: `${etl.node.id}/Api/RestApi/DeploymentStage.prod`,
    reason: ACCOUNT_ROLE,
  }));
}

function storage(etl: ServerlessCsvEtl): Acknowledgement[] {
  const queues = [
    etl.trigger.deadLetterQueue,
    etl.stateMachine.failureDeadLetterQueue,
    etl.observability.deadLetterQueue,
  ];
  return [
    {
      id: 'AwsSolutions-S1',
      path: 'Bucket',
      reason:
        'Access logs need a second bucket that costs and has to be emptied before it can be deleted; whoever wants them ' +
        'passes in a bucket of their own, or uses data events of CloudTrail.',
    },
    ...queues.map((queue) => ({
      id: 'Serverless-SQSRedrivePolicy',
      path: queue.node.path.split('/').slice(2).join('/'),
      reason: 'This is a dead-letter queue itself: a person reads it, and alarms watch it.',
    })),
  ];
}

/** Each pattern that a role may hold, and nothing wider. */
function roles(etl: ServerlessCsvEtl): Acknowledgement[] {
  const bucket = `<${Stack.of(etl).getLogicalId(etl.bucket.bucket.node.defaultChild as CfnBucket)}.Arn>`;
  const input = `${etl.trigger.inputPrefix}*`;
  const patterns: Readonly<Record<string, readonly string[]>> = {
    'StateMachine/Validate': [input, 'staging/*/validate/*'],
    'StateMachine/Transform': ['staging/*', 'staging/*/transform/*'],
    'StateMachine/Enrich': ['staging/*', 'staging/*/enrich/*'],
    'StateMachine/Finish': [input, 'staging/*', 'staging/*/finish/*', 'processed/*', 'failed/*'],
    'Observability/QualityCheck': ['processed/*', 'failed/*', 'reports/*'],
    'Api/Handler': [input],
  };
  const ofObjects = Object.entries(patterns).flatMap(([path, keys]) =>
    keys.map((key) => ({
      id: `AwsSolutions-IAM5[Resource::${bucket}/${key}]`,
      path: `${path}/Role`,
      reason: `The keys of files and jobs are not known before they come; the right ends with the prefix ${key}.`,
    })),
  );
  const traced = [...Object.keys(patterns), 'Trigger/Handler'];
  const withoutResources = [...traced, 'StateMachine/Workflow'].map((path) => ({
    id: 'AwsSolutions-IAM5[Resource::*]',
    path: `${path}/Role`,
    reason: "X-Ray's actions, and those of log delivery, know no other resource than *.",
  }));
  const stars = traced.map((path) => ({
    id: 'Serverless-LambdaStarPermissions',
    path: `${path}/Role`,
    reason: "Only X-Ray's two actions have the resource *: they know no other.",
  }));
  return [...ofObjects, ...withoutResources, ...stars, ofCdkHandler()];
}

function ofCdkHandler(): Acknowledgement {
  return {
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    path: '/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role',
    reason:
      'The role of the handler by which CDK itself sets bucket notifications; it runs at deployments only.',
  };
}

function functions(): Acknowledgement[] {
  const synchronous = [
    'StateMachine/Validate',
    'StateMachine/Transform',
    'StateMachine/Enrich',
    'Api/Handler',
  ];
  return [
    ...synchronous.map((path) => ({
      id: 'Serverless-LambdaDLQ',
      path: `${path}/Function`,
      reason:
        'It is called synchronously, so the caller gets the error, and Lambda would send nothing to the queue.',
    })),
    {
      id: 'AwsSolutions-SF1',
      path: 'StateMachine/Workflow/StateMachine',
      reason:
        'Errors are logged. The history of every execution is kept for 90 days anyway; a second copy of all events would ' +
        'cost more than the executions.',
    },
  ];
}

function api(): Acknowledgement[] {
  const stage = 'Api/RestApi/DeploymentStage.prod';
  return [
    {
      id: 'AwsSolutions-APIG3',
      path: stage,
      reason: 'Callers are asked for AWS credentials and requests are limited; a web ACL costs by the month.',
    },
    { id: 'AwsSolutions-APIG6', path: stage, reason: ACCOUNT_ROLE },
    ...['status/{jobId}/GET', 'trigger/POST'].map((method) => ({
      id: 'AwsSolutions-COG4',
      path: `Api/RestApi/Default/${method}`,
      reason: 'Callers sign with AWS credentials; the prop apiAuthorization takes a user pool instead.',
    })),
  ];
}
