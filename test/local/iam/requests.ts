import { LOCAL_ACCOUNT, type Principal, type TemplateResource } from '../../../src/local/services';

export const ROLE_ARN = `arn:aws:iam::${LOCAL_ACCOUNT}:role/worker`;
export const ROLE: Principal = { kind: 'role', name: 'Worker', arn: ROLE_ARN, session: 'load' };
export const USER: Principal = {
  kind: 'user',
  name: 'local',
  arn: `arn:aws:iam::${LOCAL_ACCOUNT}:user/local`,
};
export const RULE_ARN = `arn:aws:events:us-east-1:${LOCAL_ACCOUNT}:rule/nightly`;
export const EVENTS: Principal = { kind: 'service', name: 'events.amazonaws.com', arn: RULE_ARN };

export const TRUST = {
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

export function resource(type: string, properties: object): TemplateResource {
  return { type, properties, logicalId: 'Id', metadata: {}, stackName: 'Stack', path: 'Stack/Id' };
}

/** A statement that fits every call, but for what is given. */
export function statement(elements: object = {}): object {
  return { Effect: 'Allow', Action: '*', Resource: '*', ...elements };
}
