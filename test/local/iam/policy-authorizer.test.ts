import { EVENTS, ROLE, ROLE_ARN, TRUST, USER, resource, statement } from './requests';
import { readPolicy } from '../../../src/local/iam/policy';
import { PolicyAuthorizer } from '../../../src/local/iam/policy-authorizer';
import { RolePolicies } from '../../../src/local/iam/role-policies';
import { RunJournal } from '../../../src/local/journal';
import type { Principal } from '../../../src/local/services';

const OBJECT = 'arn:aws:s3:::b/raw/k';

interface Policies {
  readonly identity?: object[];
  readonly boundary?: object[];
  readonly resource?: object[];
}

function authorizer({ identity = [], boundary, resource: attached = [] }: Policies) {
  const roles = new RolePolicies();
  const limits =
    boundary &&
    roles.provide(
      resource('AWS::IAM::ManagedPolicy', {
        PolicyDocument: { Statement: boundary },
        ManagedPolicyName: 'Limits',
      }),
    ).ref;
  const role = {
    AssumeRolePolicyDocument: TRUST,
    Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: identity } }],
    PermissionsBoundary: limits,
  };
  roles.addRole(resource('AWS::IAM::Role', role), ROLE_ARN);
  const statements = readPolicy({ Statement: attached }, 'resource', 'the policy of the bucket');
  const journal = new RunJournal();
  return { journal, judge: new PolicyAuthorizer({ roles, journal, resourcePolicy: () => statements }) };
}

const ALLOW = statement({ Action: 's3:GetObject' });
const DENY = statement({ Effect: 'Deny', Action: 's3:*' });
const forRole = { Principal: { AWS: ROLE_ARN } };
const forAccount = { Principal: { AWS: 'arn:aws:iam::000000000000:root' } };
const forEvents = { Principal: { Service: 'events.amazonaws.com' } };
const because = (kind: string): string => `because no ${kind} allows the s3:GetObject action`;

it.each<[string, Principal, Policies, string | undefined]>([
  ['nothing', ROLE, {}, because('identity-based policy')],
  ['an allow of its own', ROLE, { identity: [ALLOW] }, undefined],
  [
    'an allow of something else',
    ROLE,
    { identity: [statement({ Action: 's3:Put*' })] },
    because('identity-based policy'),
  ],
  [
    'a deny beside the allow',
    ROLE,
    { identity: [ALLOW, DENY] },
    'with an explicit deny in an identity-based policy',
  ],
  ['an allow of the resource that names it', ROLE, { resource: [statement(forRole)] }, undefined],
  [
    'an allow of the resource for the account',
    ROLE,
    { resource: [statement(forAccount)] },
    because('identity-based policy'),
  ],
  [
    'a deny of the resource for the account',
    ROLE,
    { identity: [ALLOW], resource: [{ ...DENY, ...forAccount }] },
    'with an explicit deny in a resource-based policy',
  ],
  [
    'a deny of the resource for others',
    ROLE,
    { identity: [ALLOW], resource: [{ ...DENY, ...forEvents }] },
    undefined,
  ],
  [
    'a deny of calls without TLS',
    ROLE,
    {
      identity: [ALLOW],
      resource: [{ ...DENY, Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    },
    undefined,
  ],
  ['a boundary that allows it as well', ROLE, { identity: [ALLOW], boundary: [ALLOW] }, undefined],
  [
    'a boundary that does not',
    ROLE,
    { identity: [ALLOW], boundary: [statement({ Action: 'sqs:*' })] },
    because('permissions boundary'),
  ],
  ['a boundary alone', ROLE, { boundary: [ALLOW] }, because('identity-based policy')],
  [
    'a boundary that denies it',
    ROLE,
    { identity: [ALLOW], boundary: [DENY] },
    'with an explicit deny in an identity-based policy',
  ],
  ['nothing', EVENTS, {}, because('resource-based policy')],
  ['an allow for it', EVENTS, { resource: [statement(forEvents)] }, undefined],
  [
    'an allow for another source',
    EVENTS,
    {
      resource: [
        statement({ ...forEvents, Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::b' } } }),
      ],
    },
    because('resource-based policy'),
  ],
  ['a deny', USER, { resource: [{ ...DENY, Principal: '*' }] }, undefined],
])('%s for %j', (_, principal, policies, denial) => {
  const { judge } = authorizer(policies);
  const call = (): void => judge.authorize(principal, 's3:GetObject', OBJECT);
  if (denial === undefined) expect(call).not.toThrow();
  else expect(call).toThrow(denial);
});

describe('a role that was made elsewhere', () => {
  const theirs: Principal = { kind: 'role', name: 'theirs', arn: 'arn:aws:iam::000000000000:role/theirs' };

  it('may do what nothing in the app denies', () => {
    const { judge } = authorizer({ resource: [{ ...DENY, Principal: '*', Action: 's3:Delete*' }] });
    expect(() => judge.authorize(theirs, 's3:GetObject', OBJECT)).not.toThrow();
    expect(() => judge.authorize(theirs, 's3:DeleteObject', OBJECT)).toThrow(
      'User: arn:aws:iam::000000000000:role/theirs is not authorized to perform: s3:DeleteObject',
    );
  });
});

describe('a denied call', () => {
  it.each([
    ['s3:GetObject', 'AccessDenied', 403],
    ['dynamodb:GetItem', 'AccessDeniedException', 400],
    ['states:StartExecution', 'AccessDeniedException', 400],
    ['sqs:SendMessage', 'AccessDeniedException', 400],
    ['lambda:InvokeFunction', 'AccessDeniedException', 403],
    ['execute-api:Invoke', 'AccessDeniedException', 403],
  ])('is refused as AWS refuses it: %s with %s', (action, code, statusCode) => {
    const { judge } = authorizer({});
    const message = `User: arn:aws:sts::000000000000:assumed-role/worker/load is not authorized to perform: ${action} on resource: arn:x because no identity-based policy allows the ${action} action`;
    expect(() => judge.authorize(ROLE, action, 'arn:x')).toThrow(
      expect.objectContaining({ code, message, statusCode }),
    );
  });

  it('is in the journal, with the statement that is missing', () => {
    const { judge, journal } = authorizer({});
    expect(() => judge.authorize(ROLE, 's3:GetObject', OBJECT)).toThrow();
    expect(() => judge.authorize({ ...ROLE, session: undefined }, 's3:GetObject', OBJECT)).toThrow(
      `User: ${ROLE_ARN}`,
    );
    expect(() => judge.authorize(EVENTS, 'sqs:SendMessage', 'arn:q')).toThrow(
      'User: events.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: arn:q',
    );
    const missing = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"${OBJECT}"}`;
    expect(journal.entries).toEqual([
      {
        kind: 'denied',
        principal: 'Worker',
        action: 's3:GetObject',
        resource: OBJECT,
        reason: `no identity-based policy allows the s3:GetObject action: the role Stack/Id, used by load, lacks ${missing}`,
      },
      expect.objectContaining({
        reason: `no identity-based policy allows the s3:GetObject action: the role Stack/Id lacks ${missing}`,
      }),
      {
        kind: 'denied',
        principal: 'events.amazonaws.com',
        action: 'sqs:SendMessage',
        resource: 'arn:q',
        reason: `no resource-based policy allows the sqs:SendMessage action: the policy of arn:q lacks {"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"arn:q","Condition":{"ArnLike":{"aws:SourceArn":"${EVENTS.arn}"}}}`,
      },
    ]);
  });

  it('is in the journal, with the statement that denies it', () => {
    const { judge, journal } = authorizer({ identity: [ALLOW], resource: [{ ...DENY, Principal: '*' }] });
    expect(() => judge.authorize(ROLE, 's3:GetObject', OBJECT)).toThrow();
    expect(journal.entries).toMatchObject([
      { reason: 'an explicit deny in a resource-based policy: the policy of the bucket, statement 1' },
    ]);
    const own = authorizer({ identity: [DENY] });
    expect(() => own.judge.authorize(ROLE, 's3:GetObject', OBJECT)).toThrow();
    expect(own.journal.entries).toMatchObject([
      { reason: 'an explicit deny in an identity-based policy: the policy Own of Stack/Id, statement 1' },
    ]);
  });
});
