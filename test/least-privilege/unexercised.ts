/** Rights that the local run has no call for. Each is demanded by AWS's documentation or written by CDK itself. */
export interface Unexercised {
  readonly holder: RegExp;
  readonly actions: readonly string[];
  readonly on: RegExp;
  readonly why: string;
  readonly source: string;
}

const EVERYTHING = /^\*$/;

export const UNEXERCISED: readonly Unexercised[] = [
  {
    holder: /\/Role$/,
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    on: EVERYTHING,
    why: 'Traces go nowhere on a laptop. Lambda and Step Functions send them in the name of the role.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html',
  },
  {
    holder: /^StateMachine\/Workflow\/Role$/,
    actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets'],
    on: EVERYTHING,
    why: 'Step Functions asks X-Ray which executions to trace.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html',
  },
  {
    holder: /^StateMachine\/Workflow\/Role$/,
    actions: [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ],
    on: EVERYTHING,
    why: 'Without any of them AWS refuses to make a state machine that writes a log.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy',
  },
  {
    holder: /^StateMachine\/Finish\/Role$/,
    actions: ['s3:AbortMultipartUpload'],
    on: /^bucket\/(processed|failed)\/\*$/,
    why: 'Only an output of more than 5 GB is published in parts; handlers/finish/publication.test.ts aborts one.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuAndPermissions.html',
  },
  {
    holder: /^Bucket\/Bucket\/Notifications\/HandlerPolicy$/,
    actions: ['s3:PutBucketNotification'],
    on: /^bucket$/,
    why: 'CDK writes it for its own function, which sets the notifications while the stack is deployed.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_notifications-readme.html',
  },
  {
    holder: /Custom::S3AutoDeleteObjectsCustomResourceProvider\/Role$/,
    actions: ['s3:PutBucketPolicy', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*'],
    on: /^bucket(\/\*)?$/,
    why: 'CDK writes it for its own function, which empties the bucket while the stack is deleted.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html#autodeleteobjects',
  },
];
