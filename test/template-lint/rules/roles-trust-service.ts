import { statements } from '../rendered-template';
import type { Rule } from '../rule';

const SERVICES: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Service:lambda.amazonaws.com',
  'AWS::StepFunctions::StateMachine': 'Service:states.amazonaws.com',
};

export const rolesTrustService: Rule = {
  id: 'roles-trust-service',
  says: 'The role of a function or state machine can be taken by its service, and by nobody else.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  check: (template) =>
    template.actors().flatMap(({ actor, role }) => {
      const trusted = statements(role.properties.AssumeRolePolicyDocument).flatMap(
        ({ principals }) => principals,
      );
      if (String(trusted) === SERVICES[actor.type]) return [];
      return [{ resource: role.id, problem: `trusts ${trusted}, not just ${SERVICES[actor.type]}` }];
    }),
  violations: {
    'a function has a role of the state machine': (draft) => {
      const role = draft.one('AWS::IAM::Role', 'Finish').Properties;
      role.AssumeRolePolicyDocument.Statement[0].Principal.Service = 'states.amazonaws.com';
    },
    'everybody may take the role': (draft) => {
      const role = draft.one('AWS::IAM::Role', 'Workflow').Properties;
      role.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' };
    },
  },
};
