import { readPolicy, type Statement } from './policy';
import { NotProvidedError } from '../services';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const NETWORK = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];
const TRACES = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:GetSamplingStatisticSummaries',
];

/** What AWS's own policies allow on every resource, by the path and name in their ARN (AWS managed policy reference). */
const AWS_MANAGED: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': LOGS,
  'service-role/AWSLambdaVPCAccessExecutionRole': [...LOGS, ...NETWORK],
  'service-role/AWSLambdaRole': ['lambda:InvokeFunction'],
  AWSXRayDaemonWriteAccess: TRACES,
  AmazonS3FullAccess: ['s3:*', 's3-object-lambda:*'],
  AmazonS3ReadOnlyAccess: [
    's3:Get*',
    's3:List*',
    's3:Describe*',
    's3-object-lambda:Get*',
    's3-object-lambda:List*',
  ],
  AdministratorAccess: ['*'],
};

/** Statements of a policy that AWS manages. @throws NotProvidedError naming the ARN, where its text is not known here */
export function managedByAws(arn: string, place: string): Statement[] {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const Action = name === undefined ? undefined : AWS_MANAGED[name];
  if (!Action) throw new NotProvidedError(`the managed policy ${arn}, attached at ${place}`);
  return readPolicy({ Statement: { Effect: 'Allow', Action, Resource: '*' } }, 'identity', arn);
}
