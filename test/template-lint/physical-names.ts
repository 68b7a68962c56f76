/** The longest that a name, a part of an ARN, or an id can be; so no text of a deployed stack is longer than here. */
export const LONGEST = {
  account: '123456789012',
  region: 'ap-southeast-1',
  partition: 'aws-us-gov',
  urlSuffix: 'amazonaws.com.cn',
};

const { account, region, partition, urlSuffix } = LONGEST;

interface Naming {
  /** The property that fixes the name. */
  readonly property: string;
  /** https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
  readonly maxLength: number;
  /** What AWS takes as a name. */
  readonly pattern: RegExp;
  readonly arn: (name: string) => string;
  /** Two of a name may be in one account, since each belongs to another resource. */
  readonly inner?: boolean;
  /** What `Ref` gives, where it is not the name. */
  readonly ref?: (name: string) => string;
}

const inRegion = (service: string) => `arn:${partition}:${service}:${region}:${account}:`;
const WORD = /^[A-Za-z0-9_-]+$/;

/** Types whose resources have names, or are spoken of by an ARN. */
export const NAMINGS: Readonly<Record<string, Naming>> = {
  'AWS::ApiGateway::RestApi': {
    property: 'Name',
    maxLength: 128,
    pattern: /^[\w .-]+$/,
    arn: (name) => `${inRegion('execute-api')}${name}`,
    ref: (name) => name.slice(-10),
  },
  'AWS::ApiGateway::Stage': {
    property: 'StageName',
    maxLength: 128,
    pattern: WORD,
    inner: true,
    arn: (name) => `${inRegion('apigateway')}/stages/${name}`,
  },
  'AWS::CloudWatch::Alarm': {
    property: 'AlarmName',
    maxLength: 255,
    pattern: /^[ -~]+$/,
    arn: (name) => `${inRegion('cloudwatch')}alarm:${name}`,
  },
  'AWS::CloudWatch::Dashboard': {
    property: 'DashboardName',
    maxLength: 255,
    pattern: WORD,
    arn: (name) => `arn:${partition}:cloudwatch::${account}:dashboard/${name}`,
  },
  'AWS::DynamoDB::Table': {
    property: 'TableName',
    maxLength: 255,
    pattern: /^[A-Za-z0-9_.-]{3,}$/,
    arn: (name) => `${inRegion('dynamodb')}table/${name}`,
  },
  'AWS::Events::Rule': {
    property: 'Name',
    maxLength: 64,
    pattern: /^[A-Za-z0-9_.-]+$/,
    arn: (name) => `${inRegion('events')}rule/${name}`,
  },
  'AWS::IAM::Role': {
    property: 'RoleName',
    maxLength: 64,
    pattern: /^[\w+=,.@-]+$/,
    arn: (name) => `arn:${partition}:iam::${account}:role/${name}`,
  },
  'AWS::KMS::Key': {
    property: 'KeyName',
    maxLength: 36,
    pattern: WORD,
    arn: (name) => `${inRegion('kms')}key/${name}`,
  },
  'AWS::Lambda::Function': {
    property: 'FunctionName',
    maxLength: 64,
    pattern: WORD,
    arn: (name) => `${inRegion('lambda')}function:${name}`,
  },
  'AWS::Logs::LogGroup': {
    property: 'LogGroupName',
    maxLength: 512,
    pattern: /^[A-Za-z0-9_/.#-]+$/,
    arn: (name) => `${inRegion('logs')}log-group:${name}:*`,
  },
  'AWS::S3::Bucket': {
    property: 'BucketName',
    maxLength: 63,
    pattern: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/,
    arn: (name) => `arn:${partition}:s3:::${name}`,
  },
  'AWS::SecretsManager::Secret': {
    property: 'Name',
    maxLength: 512,
    pattern: /^[A-Za-z0-9/_+=.@-]+$/,
    arn: (name) => `${inRegion('secretsmanager')}secret:${name}-abcdef`,
    ref: (name) => `${inRegion('secretsmanager')}secret:${name}-abcdef`,
  },
  'AWS::SNS::Topic': {
    property: 'TopicName',
    maxLength: 256,
    pattern: WORD,
    arn: (name) => `${inRegion('sns')}${name}`,
    ref: (name) => `${inRegion('sns')}${name}`,
  },
  'AWS::SQS::Queue': {
    property: 'QueueName',
    maxLength: 80,
    pattern: WORD,
    arn: (name) => `${inRegion('sqs')}${name}`,
    ref: (name) => `https://sqs.${region}.${urlSuffix}/${account}/${name}`,
  },
  'AWS::StepFunctions::StateMachine': {
    property: 'StateMachineName',
    maxLength: 80,
    pattern: WORD,
    arn: (name) => `${inRegion('states')}stateMachine:${name}`,
    ref: (name) => `${inRegion('states')}stateMachine:${name}`,
  },
};

/** The name that CloudFormation could give at its longest; the logical id in it keeps names apart. */
export function longestName(logicalId: string, maxLength: number): string {
  return logicalId.slice(-maxLength).padStart(maxLength, 'x');
}
