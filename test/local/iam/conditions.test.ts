import { EVENTS, ROLE, ROLE_ARN, RULE_ARN, USER } from './requests';
import { requestContext } from '../../../src/local/iam/condition-keys';
import { readCondition } from '../../../src/local/iam/conditions';

const holds = (condition: object, context: Record<string, string>) =>
  readCondition(condition, 'here')(context);

/** Condition, value of `s3:prefix` or none, and whether it holds. */
it.each<[object, string | undefined, boolean]>([
  [{ StringEquals: { 's3:prefix': 'raw/' } }, 'raw/', true],
  [{ StringEquals: { 's3:prefix': 'raw/' } }, 'RAW/', false],
  [{ StringEquals: { 's3:prefix': 'raw/' } }, undefined, false],
  [{ StringEquals: { 's3:prefix': ['a', 'raw/'] } }, 'raw/', true],
  [{ StringEqualsIfExists: { 's3:prefix': 'raw/' } }, undefined, true],
  [{ StringEqualsIfExists: { 's3:prefix': 'raw/' } }, 'other', false],
  [{ StringEqualsIgnoreCase: { 's3:prefix': 'RAW/' } }, 'raw/', true],
  [{ StringNotEquals: { 's3:prefix': ['a', 'b'] } }, 'c', true],
  [{ StringNotEquals: { 's3:prefix': ['a', 'b'] } }, 'a', false],
  [{ StringNotEquals: { 's3:prefix': 'a' } }, undefined, true],
  [{ StringNotEqualsIgnoreCase: { 's3:prefix': 'A' } }, 'a', false],
  [{ StringLike: { 's3:prefix': 'raw/*' } }, 'raw/2026/', true],
  [{ StringLike: { 's3:prefix': 'raw/*' } }, 'processed/', false],
  [{ StringLikeIfExists: { 's3:prefix': 'raw/*' } }, undefined, true],
  [{ StringNotLike: { 's3:prefix': 'raw/*' } }, 'raw/a', false],
  [{ Null: { 's3:prefix': 'true' } }, undefined, true],
  [{ Null: { 's3:prefix': true } }, 'raw/', false],
  [{ Null: { 's3:prefix': 'false' } }, 'raw/', true],
  [{ NumericEquals: { 's3:max-keys': 10 } }, undefined, false],
  [{ StringLike: { 's3:prefix': '*' }, Null: { 's3:delimiter': 'false' } }, 'raw/', false],
  [{ StringLike: { 's3:prefix': '*', 's3:delimiter': '/' } }, 'raw/', false],
  [{}, undefined, true],
])('%j with the prefix %j: %s', (condition, prefix, expected) => {
  expect(holds(condition, prefix === undefined ? {} : { 's3:prefix': prefix })).toBe(expected);
});

it.each([
  ['NumericEquals', '10', true],
  ['NumericNotEquals', '10', false],
  ['NumericLessThan', '10', false],
  ['NumericLessThanEquals', '10', true],
  ['NumericGreaterThan', '9', true],
  ['NumericGreaterThanEquals', '11', false],
])('%s of 10 and %s: %s', (operator, wanted, expected) => {
  expect(holds({ [operator]: { 's3:max-keys': wanted } }, { 's3:max-keys': '10' })).toBe(expected);
});

it.each([
  ['ArnEquals', 'arn:aws:events:*:*:rule/nightly', true],
  ['ArnLike', 'arn:aws:events:us-east-1:000000000000:rule/*', true],
  ['ArnLike', 'arn:aws:events:us-east-1:000000000000:rule/daily', false],
  ['ArnNotEquals', RULE_ARN, false],
  ['ArnNotLike', 'arn:aws:s3:::*', true],
])('%s of a rule and %s: %s', (operator, wanted, expected) => {
  expect(holds({ [operator]: { 'aws:SourceArn': wanted } }, requestContext(EVENTS, {}))).toBe(expected);
});

describe('what a call tells of itself', () => {
  it.each<[string, object]>([
    [
      'travels by TLS',
      { Bool: { 'aws:SecureTransport': 'true' }, NumericGreaterThanEquals: { 's3:TlsVersion': 1.2 } },
    ],
    [
      'names its role',
      { ArnEquals: { 'aws:PrincipalArn': ROLE_ARN }, StringEquals: { 'AWS:PrincipalType': 'AssumedRole' } },
    ],
    [
      'is not of a service',
      { Bool: { 'aws:PrincipalIsAWSService': false }, Null: { 'aws:SourceArn': 'true' } },
    ],
    [
      'belongs to the account',
      { StringEquals: { 'aws:PrincipalAccount': '000000000000', 'aws:ResourceAccount': '000000000000' } },
    ],
  ])('of a role: it %s', (_, condition) => {
    expect(holds(condition, requestContext(ROLE, {}))).toBe(true);
  });

  it('of a service: on whose behalf it is made', () => {
    const condition = {
      StringEquals: {
        'AWS:SourceAccount': '000000000000',
        'aws:PrincipalServiceName': 'events.amazonaws.com',
      },
      ArnLike: { 'AWS:SourceArn': RULE_ARN },
      Null: { 'aws:PrincipalArn': 'true' },
    };
    expect(holds(condition, requestContext(EVENTS, {}))).toBe(true);
  });

  it('of somebody at the laptop: no type', () => {
    expect(requestContext(USER, {})).not.toHaveProperty('aws:principaltype');
  });

  it('takes what the service adds, in whatever case', () => {
    expect(requestContext(USER, { 's3:VersionId': 'v' })).toHaveProperty('s3:versionid', 'v');
  });
});

describe('what cannot be judged is refused by name', () => {
  it.each([
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'the condition operator IpAddress, used at here'],
    [{ 'ForAnyValue:StringEquals': { 's3:prefix': 'a' } }, 'the condition operator ForAnyValue:StringEquals'],
    [{ toString: { 's3:prefix': 'a' } }, 'the condition operator toString'],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'the condition key aws:PrincipalOrgID, used at here'],
    [
      { StringEquals: { 's3:prefix': '${aws:username}/' } },
      'the policy variable ${aws:username}, used at here',
    ],
  ])('%j', (condition, message) => {
    expect(() => readCondition(condition, 'here')).toThrow(`the local run does not provide ${message}`);
  });
});
