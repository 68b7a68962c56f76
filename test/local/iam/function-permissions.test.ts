import { EVENTS, ROLE, ROLE_ARN, RULE_ARN, resource } from './requests';
import { requestContext } from '../../../src/local/iam/condition-keys';
import { FunctionPermissions } from '../../../src/local/iam/function-permissions';
import type { Principal } from '../../../src/local/services';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:load';
const S3: Principal = { kind: 'service', name: 's3.amazonaws.com', arn: 'arn:aws:s3:::b' };

function allows(properties: object, principal: Principal, functionArn = FUNCTION): boolean {
  const permissions = new FunctionPermissions();
  const all = { Action: 'lambda:InvokeFunction', FunctionName: FUNCTION, ...properties };
  permissions.add(resource('AWS::Lambda::Permission', all));
  const [statement] = permissions.all();
  const call = {
    principal,
    action: 'lambda:InvokeFunction',
    resource: functionArn,
    context: requestContext(principal, {}),
  };
  return statement!.names(principal) === 'person' && statement!.applies(call);
}

it.each<[string, object, Principal, boolean]>([
  ['the service it names', { Principal: 'events.amazonaws.com' }, EVENTS, true],
  ['no other service', { Principal: 'events.amazonaws.com' }, S3, false],
  ['the source it names', { Principal: 'events.amazonaws.com', SourceArn: RULE_ARN }, EVENTS, true],
  [
    'a pattern of sources',
    { Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:*:*:rule/*' },
    EVENTS,
    true,
  ],
  ['no other source', { Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::other' }, S3, false],
  ['the account it names', { Principal: 's3.amazonaws.com', SourceAccount: '000000000000' }, S3, true],
  ['no other account', { Principal: 's3.amazonaws.com', SourceAccount: '111111111111' }, S3, false],
  ['the role it names', { Principal: ROLE_ARN }, ROLE, true],
  ['no other action', { Principal: 's3.amazonaws.com', Action: 'lambda:GetFunction' }, S3, false],
  ['a function by its name', { Principal: 's3.amazonaws.com', FunctionName: 'load' }, S3, true],
  ['no other function', { Principal: 's3.amazonaws.com', FunctionName: 'other' }, S3, false],
])('a permission lets in %s: %j', (_, properties, principal, expected) => {
  expect(allows(properties, principal)).toBe(expected);
});

it('holds for the version or alias that it names, and no other', () => {
  const live = { Principal: 's3.amazonaws.com', FunctionName: 'load:live' };
  expect([allows(live, S3, `${FUNCTION}:live`), allows(live, S3)]).toEqual([true, false]);
});

it('refuses what it cannot judge', () => {
  expect(() => allows({ Principal: '*', PrincipalOrgID: 'o-1' }, S3)).toThrow(
    'the local run does not provide the property PrincipalOrgID of AWS::Lambda::Permission, used at Stack/Id',
  );
});
