import { EVENTS, ROLE, ROLE_ARN, USER, statement } from './requests';
import { readPolicy, type PolicyKind } from '../../../src/local/iam/policy';
import type { Principal } from '../../../src/local/services';

const applies = (elements: object, action: string, arn: string): boolean =>
  readPolicy({ Statement: statement(elements) }, 'identity', 'here')[0]!.applies({
    principal: ROLE,
    action,
    resource: arn,
    context: {},
  });

describe('a statement', () => {
  it.each<[object, string, string, boolean]>([
    [{ Action: 's3:GetObject' }, 's3:GetObject', 'arn:aws:s3:::b/k', true],
    [{ Action: 'S3:getobject' }, 's3:GetObject', 'arn:aws:s3:::b/k', true],
    [{ Action: 's3:GetObject' }, 's3:GetObjectVersion', 'arn:aws:s3:::b/k', false],
    [{ Action: 's3:GetObject*' }, 's3:GetObjectVersion', 'arn:aws:s3:::b/k', true],
    [{ Action: ['sqs:*', 's3:Put*'] }, 's3:PutObject', 'arn:aws:s3:::b/k', true],
    [{ Action: undefined, NotAction: 's3:*' }, 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:1:q', true],
    [{ Action: undefined, NotAction: ['s3:*'] }, 's3:GetObject', 'arn:aws:s3:::b/k', false],
    [{ Resource: 'arn:aws:s3:::b/raw/*' }, 's3:GetObject', 'arn:aws:s3:::b/raw/k', true],
    [{ Resource: 'arn:aws:s3:::b/raw/*' }, 's3:GetObject', 'arn:aws:s3:::b/staging/k', false],
    [{ Resource: 'arn:aws:s3:::B/*' }, 's3:GetObject', 'arn:aws:s3:::b/k', false],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::b/raw/*' }, 's3:GetObject', 'arn:aws:s3:::b/k', true],
    [
      { Resource: undefined, NotResource: 'arn:aws:s3:::b/raw/*' },
      's3:GetObject',
      'arn:aws:s3:::b/raw/k',
      false,
    ],
    [{ Condition: { StringEquals: { 's3:prefix': 'raw/' } } }, 's3:ListBucket', 'arn:aws:s3:::b', false],
  ])('%j on %s of %s: %s', (elements, action, arn, expected) => {
    expect(applies(elements, action, arn)).toBe(expected);
  });

  it('tells where it stands', () => {
    const statements = readPolicy({ Statement: [statement(), statement()] }, 'identity', 'the policy P');
    expect(statements.map(({ place }) => place)).toEqual([
      'the policy P, statement 1',
      'the policy P, statement 2',
    ]);
    expect(readPolicy({}, 'identity', 'the policy P')).toEqual([]);
  });
});

describe('the principal of a statement', () => {
  it.each<[unknown, Principal, string]>([
    ['*', EVENTS, 'person'],
    ['someone', ROLE, 'not'],
    [{ AWS: '*' }, ROLE, 'person'],
    [{ AWS: ['arn:aws:iam::1:role/x', ROLE_ARN] }, ROLE, 'person'],
    [{ AWS: ROLE_ARN }, USER, 'not'],
    [{ AWS: 'arn:aws:iam::000000000000:root' }, ROLE, 'account'],
    [{ AWS: '000000000000' }, ROLE, 'account'],
    [{ AWS: '111111111111' }, ROLE, 'not'],
    [{ AWS: '000000000000' }, EVENTS, 'not'],
    [{ AWS: ['000000000000', ROLE_ARN] }, ROLE, 'person'],
    [{ Service: 'events.amazonaws.com' }, EVENTS, 'person'],
    [{ Service: 'events.us-east-1.amazonaws.com' }, EVENTS, 'person'],
    [{ Service: ['s3.amazonaws.com'] }, EVENTS, 'not'],
    [{ Service: 'events.amazonaws.com' }, ROLE, 'not'],
    [{ CanonicalUser: 'abc', Federated: 'accounts.google.com' }, ROLE, 'not'],
  ])('%j names %j: %s', (element, principal, naming) => {
    const [read] = readPolicy({ Statement: statement({ Principal: element }) }, 'resource', 'here');
    expect(read!.names(principal)).toBe(naming);
  });
});

describe('a policy that cannot be judged, or that AWS would refuse, is an error', () => {
  const provides = 'the local run does not provide ';
  it.each<[PolicyKind, object, string]>([
    [
      'resource',
      { NotPrincipal: '*' },
      `${provides}the policy element NotPrincipal, used at here, statement 1`,
    ],
    ['resource', { Principal: { Nobody: 'x' } }, `${provides}the principal Nobody, used at here`],
    ['resource', { Principal: { AWS: '${aws:userid}' } }, `${provides}the policy variable \${aws:userid}`],
    [
      'identity',
      { Resource: 'arn:aws:s3:::b/${aws:userid' },
      `${provides}the policy variable \${aws:userid, used`,
    ],
    ['identity', { Effect: 'allow' }, 'here, statement 1: Effect must be Allow or Deny, got "allow"'],
    ['identity', { Principal: '*' }, 'here, statement 1: a policy of a role names no Principal'],
    ['resource', {}, 'here, statement 1: Principal is missing'],
    [
      'trust',
      { Principal: '*', Action: undefined },
      'here, statement 1: neither Action nor NotAction is there',
    ],
    ['identity', { Resource: undefined }, 'here, statement 1: neither Resource nor NotResource is there'],
  ])('of kind %s: %j', (kind, elements, message) => {
    expect(() => readPolicy({ Statement: statement(elements) }, kind, 'here')).toThrow(message);
  });
});
