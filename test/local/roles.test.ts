import { AccessKeyRegistry } from '../../src/local/access-keys';
import { PassiveResources } from '../../src/local/passive-resources';
import { ALLOW_ALL, Roles } from '../../src/local/roles';
import type { TemplateResource } from '../../src/local/services';

function resource(type: string, properties: object = {}): TemplateResource {
  return { type, properties, logicalId: 'Id', metadata: {}, stackName: 'Stack', path: 'Stack/Id' };
}

describe('roles', () => {
  it('have an access key each, which tells whose calls are', () => {
    const keys = new AccessKeyRegistry();
    const roles = new Roles(keys);
    const { ref, attributes } = roles.provide(
      resource('AWS::IAM::Role', { RoleName: 'worker', Path: '/etl/' }),
    );
    expect([ref, attributes.Arn]).toEqual(['worker', 'arn:aws:iam::000000000000:role/etl/worker']);
    const principal = { kind: 'role', name: 'Id', arn: attributes.Arn };
    expect(roles.principal(attributes.Arn!)).toEqual(principal);
    expect(keys.find(roles.accessKey(attributes.Arn!).accessKeyId)!.principal).toEqual(principal);
  });

  it('get a name of their own where the template gives none', () => {
    const roles = new Roles(new AccessKeyRegistry());
    expect(roles.provide(resource('AWS::IAM::Role')).ref).toMatch(/^Stack-Id-[0-9a-f]{12}$/);
  });

  it('may be made elsewhere', () => {
    const roles = new Roles(new AccessKeyRegistry());
    const arn = 'arn:aws:iam::000000000000:role/theirs';
    expect(roles.principal(arn)).toEqual({ kind: 'role', name: 'theirs', arn });
    expect(roles.accessKey(arn)).toBe(roles.accessKey(arn));
  });

  it('may do everything', () => {
    expect(() =>
      ALLOW_ALL.authorize({ kind: 'role', name: 'r', arn: 'a' }, 's3:GetObject', 'b'),
    ).not.toThrow();
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
    [
      'AWS::IAM::ManagedPolicy',
      { ManagedPolicyName: 'p' },
      'arn:aws:iam::000000000000:policy/p',
      { PolicyArn: 'arn:aws:iam::000000000000:policy/p' },
    ],
    ['AWS::KMS::Alias', { AliasName: 'alias/a' }, 'alias/a', {}],
    ['AWS::KMS::Key', {}, 'Id', { Arn: 'arn:aws:kms:us-east-1:000000000000:key/Id', KeyId: 'Id' }],
    ['AWS::IAM::Policy', { PolicyName: 'p' }, 'p', { Id: 'Id' }],
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
    ['AWS::SNS::TopicPolicy', {}, 'Id', {}],
  ])('give name and ARN: %s', (type, properties, ref, attributes) => {
    expect(passive.provide(resource(type, properties))).toEqual({ ref, attributes });
  });

  it('get names of their own where the template gives none', () => {
    for (const type of passive.types) {
      if (type === 'AWS::IAM::Policy' || type === 'AWS::KMS::Alias') continue;
      expect(passive.provide(resource(type)).ref).toMatch(/Id/);
    }
  });
});
