import { EVENTS, ROLE_ARN, TRUST, resource, statement } from './requests';
import { RolePolicies } from '../../../src/local/iam/role-policies';
import { physicalName } from '../../../src/local/physical-name';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:load';
const MANAGED = 'arn:aws:iam::aws:policy/';

const role = (properties: object) =>
  resource('AWS::IAM::Role', { AssumeRolePolicyDocument: TRUST, ...properties });

/** Places of the statements that a role with these properties has. */
function placesOf(properties: object, policies = new RolePolicies()): string[] {
  policies.addRole(role(properties), ROLE_ARN);
  return policies.statementsOf(ROLE_ARN).map(({ place }) => place);
}

const document = { PolicyDocument: { Statement: statement() } };

describe('the policies of a role', () => {
  it('are those in it, those attached to it by name, and managed ones', () => {
    const policies = new RolePolicies();
    const attached = { ...document, PolicyName: 'Attached', Roles: ['worker', 'other'] };
    expect(policies.provide(resource('AWS::IAM::Policy', attached))).toEqual({
      ref: 'Attached',
      attributes: { Id: 'Id' },
    });
    policies.provide({
      ...resource('AWS::IAM::Policy', { ...document, Roles: ['worker'] }),
      path: 'Stack/More',
    });
    const managed = resource('AWS::IAM::ManagedPolicy', {
      ...document,
      ManagedPolicyName: 'Shared',
      Path: '/etl/',
    });
    const { ref, attributes } = policies.provide(managed);
    expect([ref, attributes.PolicyArn]).toEqual(Array(2).fill('arn:aws:iam::000000000000:policy/etl/Shared'));
    const Policies = [{ ...document, PolicyName: 'Own' }];
    const basic = `${MANAGED}service-role/AWSLambdaBasicExecutionRole`;
    expect(placesOf({ Policies, ManagedPolicyArns: [ref, basic] }, policies)).toEqual([
      'the policy Own of Stack/Id, statement 1',
      'Stack/Id, statement 1',
      `${basic}, statement 1`,
      'Stack/Id, statement 1',
      'Stack/More, statement 1',
    ]);
  });

  it('may be attached by a managed policy that names the role, and has no name of its own', () => {
    const policies = new RolePolicies();
    const managed = resource('AWS::IAM::ManagedPolicy', { ...document, Roles: ['worker'] });
    expect(policies.provide(managed).ref).toBe(
      `arn:aws:iam::000000000000:policy/${physicalName(managed, 128)}`,
    );
    expect(placesOf({}, policies)).toEqual(['Stack/Id, statement 1']);
  });

  it('may stand beside the role, as a resource of its own', () => {
    const policies = new RolePolicies();
    const inline = { ...document, PolicyName: 'Inline', RoleName: 'worker' };
    expect(policies.provide(resource('AWS::IAM::RolePolicy', inline)).ref).toBe('Inline');
    expect(placesOf({}, policies)).toEqual(['Stack/Id, statement 1']);
  });

  it.each([
    [
      'a managed policy of unknown text',
      { ManagedPolicyArns: [`${MANAGED}PowerUserAccess`] },
      `the managed policy ${MANAGED}PowerUserAccess, attached at Stack/Id`,
    ],
    [
      'a managed policy from elsewhere',
      { ManagedPolicyArns: ['arn:aws:iam::1:policy/x'] },
      'the managed policy arn:aws:iam::1:policy/x',
    ],
    [
      'a boundary from elsewhere',
      { PermissionsBoundary: 'arn:aws:iam::1:policy/y' },
      'the managed policy arn:aws:iam::1:policy/y',
    ],
    ['a property of a role', { Wings: 2 }, 'the property Wings of AWS::IAM::Role, used at Stack/Id'],
  ])('are not guessed: %s', (_, properties, message) => {
    expect(() => placesOf(properties)).toThrow(`the local run does not provide ${message}`);
  });

  it('of a role that was made elsewhere are not known', () => {
    expect(new RolePolicies().rightsOf(ROLE_ARN)).toBeUndefined();
  });
});

describe('the trust policy of a role', () => {
  const trusting = (elements: object): RolePolicies => {
    const policies = new RolePolicies();
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
      ...elements,
    };
    policies.addRole(role({ AssumeRolePolicyDocument: { Statement } }), ROLE_ARN);
    return policies;
  };

  it('lets the services that it names use the role', () => {
    const check = () => trusting({}).checkTrust(ROLE_ARN, 'lambda.amazonaws.com', FUNCTION);
    expect(check).not.toThrow();
  });

  it('may ask on whose behalf', () => {
    const policies = trusting({
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:other' } },
    });
    expect(() => policies.checkTrust(ROLE_ARN, 'lambda.amazonaws.com', FUNCTION)).toThrow(
      'its trust policy lacks',
    );
  });

  it('refuses every other service, and says what is missing', () => {
    expect(() => trusting({}).checkTrust(ROLE_ARN, EVENTS.name, EVENTS.arn)).toThrow(
      `events.amazonaws.com may not assume the role Stack/Id for ${EVENTS.arn}: its trust policy lacks {"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}`,
    );
  });

  it('may deny', () => {
    expect(() => trusting({ Effect: 'Deny' }).checkTrust(ROLE_ARN, 'lambda.amazonaws.com', FUNCTION)).toThrow(
      'the trust policy of Stack/Id, statement 1 denies it',
    );
  });

  it('is not known of a role that was made elsewhere', () => {
    expect(() => new RolePolicies().checkTrust(ROLE_ARN, 'lambda.amazonaws.com', FUNCTION)).not.toThrow();
  });
});
