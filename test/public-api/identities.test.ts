import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  EtlApi,
  EtlBucket,
  EtlObservability,
  EtlStateMachine,
  EtlTrigger,
  JobTable,
  ServerlessCsvEtl,
} from '../../src';

/** Every construct of a stack by its path, and every resource and output by its logical id. */
function identitiesIn(make: (stack: Stack) => void): string[] {
  const stack = new Stack(new App(), 'Stack');
  make(stack);
  const { Resources, Outputs = {} } = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string }>;
    Outputs?: Record<string, unknown>;
  };
  return [
    ...stack.node.findAll().map(({ node }) => node.path),
    ...Object.entries(Resources).map(([id, { Type }]) => `${steady(id)}: ${Type}`),
    ...Object.keys(Outputs).map((id) => `${id}: output`),
  ].sort();
}

/** A deployment of an API is made anew, under another id, whenever the API changes. */
function steady(id: string): string {
  return id.replace(/(Deployment[0-9A-F]{8})[0-9a-f]{32}$/, '$1<hash>');
}

// A logical id that changes makes CloudFormation replace the resource: with the bucket go its data. A child's id is what
// users reach it by (`node.findChild`). Both change in a major version only.
it('keeps the construct ids and logical ids of a whole pipeline', () => {
  expect(identitiesIn((stack) => new ServerlessCsvEtl(stack, 'Orders'))).toMatchSnapshot();
});

it('keeps the construct ids and logical ids of the parts, each on resources of others', () => {
  const identities = identitiesIn((stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'TheirBucket', 'data');
    const jobTable = dynamodb.Table.fromTableName(stack, 'TheirTable', 'jobs');
    new EtlBucket(stack, 'Bucket');
    new JobTable(stack, 'Jobs');
    const stateMachine = new EtlStateMachine(stack, 'Machine', { bucket, jobTable });
    const trigger = new EtlTrigger(stack, 'Trigger', {
      bucket,
      jobTable,
      stateMachine: stateMachine.stateMachine,
    });
    const api = new EtlApi(stack, 'Api', { bucket, jobTable, stateMachine: stateMachine.stateMachine });
    new EtlObservability(stack, 'Watch', { stateMachine, trigger, api });
  });
  expect(identities).toMatchSnapshot();
});
