import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { JobTable } from '../src';
import { resourceOfType, templateOf } from './synthesis';

describe('the table that is made', () => {
  const table = () =>
    resourceOfType(
      templateOf((stack) => new JobTable(stack, 'Jobs')),
      'AWS::DynamoDB::Table',
    );

  it('has jobs by id and file, and by status and time', () => {
    expect(table().Properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'jobId', KeyType: 'HASH' },
        { AttributeName: 'fileName', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'status-timestamp',
          KeySchema: [
            { AttributeName: 'status', KeyType: 'HASH' },
            { AttributeName: 'timestamp', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    const types = table().Properties.AttributeDefinitions.map((each: any) => each.AttributeType);
    expect(types).toEqual(['S', 'S', 'S', 'S']);
  });

  it('is on demand, can be restored, and forgets old jobs', () => {
    expect(table().Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('goes with the stack, and carries path and suffix in its name', () => {
    expect(table()).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(table().Properties.TableName).toMatch(/^shop-jobs-dev-[0-9a-f]{8}$/);
    expect(table().Properties.DeletionProtectionEnabled).toBeUndefined();
  });

  it('stays where it is told to', () => {
    const template = templateOf(
      (stack) => new JobTable(stack, 'Jobs', { removalPolicy: RemovalPolicy.RETAIN }),
    );
    expect(resourceOfType(template, 'AWS::DynamoDB::Table').DeletionPolicy).toBe('Retain');
  });
});

describe('a table that is passed in', () => {
  it('is used as it is, and reads are granted on it and on its index', () => {
    const template = templateOf((stack) => {
      const table = dynamodb.Table.fromTableName(stack, 'Existing', 'existing');
      const jobs = new JobTable(stack, 'Jobs', { table });
      expect(jobs.table).toBe(table);
      jobs.grantReadData(new iam.User(stack, 'User')).assertSuccess();
    });
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    const statements = resourceOfType(template, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
    expect(statements.map((statement: any) => statement.Action)).toEqual([
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'],
      ['dynamodb:Query', 'dynamodb:Scan'],
    ]);
    expect(JSON.stringify(statements[1].Resource)).toContain('table/existing/index/status-timestamp');
  });

  it('with a key of its own is read by those who may decrypt with it', () => {
    const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/one';
    const template = templateOf((stack) => {
      const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', keyArn);
      const table = dynamodb.Table.fromTableAttributes(stack, 'Existing', {
        tableName: 'existing',
        encryptionKey,
      });
      new JobTable(stack, 'Jobs', { table }).grantReadData(new iam.User(stack, 'User')).assertSuccess();
    });
    const statements = resourceOfType(template, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
    expect(statements).toHaveLength(3);
    expect(statements[2]).toMatchObject({ Action: 'kms:Decrypt', Resource: keyArn });
  });
});
