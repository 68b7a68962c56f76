import { AccessKeyRegistry } from '../../src/local/access-keys';
import { RolePolicies } from '../../src/local/iam/role-policies';
import { PassiveResources } from '../../src/local/passive-resources';
import { Roles } from '../../src/local/roles';
import type { TemplateResource } from '../../src/local/services';

function resource(type: string, properties: object = {}): TemplateResource {
  return { type, properties, logicalId: 'Id', metadata: {}, stackName: 'Stack', path: 'Stack/Id' };
}

const TRUST = {
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:load';

describe('roles', () => {
  it('have an access key for each that uses them, which tells whose calls are', () => {
    const keys = new AccessKeyRegistry();
    const roles = new Roles(keys, new RolePolicies());
    const { ref, attributes } = roles.provide(
      resource('AWS::IAM::Role', { RoleName: 'worker', Path: '/etl/', AssumeRolePolicyDocument: TRUST }),
    );
    expect([ref, attributes.Arn]).toEqual(['worker', 'arn:aws:iam::000000000000:role/etl/worker']);
    const principal = roles.principal(attributes.Arn!, 'lambda.amazonaws.com', FUNCTION);
    expect(principal).toEqual({ kind: 'role', name: 'Id', arn: attributes.Arn, session: 'load' });
    expect(keys.find(roles.accessKey(principal).accessKeyId)!.principal).toEqual(principal);
  });

  it('get a name of their own where the template gives none', () => {
    const roles = new Roles(new AccessKeyRegistry(), new RolePolicies());
    expect(roles.provide(resource('AWS::IAM::Role', { AssumeRolePolicyDocument: TRUST })).ref).toMatch(
      /^Stack-Id-[0-9a-f]{12}$/,
    );
  });

  it('may be made elsewhere', () => {
    const roles = new Roles(new AccessKeyRegistry(), new RolePolicies());
    const arn = 'arn:aws:iam::000000000000:role/theirs';
    expect(roles.principal(arn, 'lambda.amazonaws.com', FUNCTION)).toMatchObject({ name: 'theirs', arn });
  });
});

describe('passive resources', () => {
  const passive = new PassiveResources();

  it.each([
    [
      'AWS::CloudWatch::Alarm',
      { AlarmName: 'a' },
      'a',
      { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:a' },
    ],
    [
      'AWS::CloudWatch::CompositeAlarm',
      { AlarmName: 'a' },
      'a',
      { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:a' },
    ],
    ['AWS::CloudWatch::Dashboard', { DashboardName: 'd' }, 'd', {}],
    ['AWS::KMS::Alias', { AliasName: 'alias/a' }, 'alias/a', {}],
    ['AWS::KMS::Key', {}, 'Id', { Arn: 'arn:aws:kms:us-east-1:000000000000:key/Id', KeyId: 'Id' }],
    [
      'AWS::Logs::LogGroup',
      { LogGroupName: '/g' },
      '/g',
      { Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/g:*' },
    ],
    [
      'AWS::SNS::Topic',
      { TopicName: 't' },
      'arn:aws:sns:us-east-1:000000000000:t',
      { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t', TopicName: 't' },
    ],
  ])('give name and ARN: %s', (type, properties, ref, attributes) => {
    expect(passive.provide(resource(type, properties))).toEqual({ ref, attributes });
  });

  it('get names of their own where the template gives none', () => {
    for (const type of passive.types) {
      if (type === 'AWS::KMS::Alias') continue;
      expect(passive.provide(resource(type)).ref).toMatch(/Id/);
    }
  });
});
