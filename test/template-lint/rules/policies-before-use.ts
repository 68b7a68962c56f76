import type { Rule } from '../rule';

/** Types whose creation AWS refuses where their role lacks a right, and what makes it look. */
const CHECKED = ['DeadLetterConfig', 'TracingConfig', 'LoggingConfiguration', 'TracingConfiguration'];

export const policiesBeforeUse: Rule = {
  id: 'policies-before-use',
  says: 'The rights of a role are inline, or its function or state machine waits for the policies that hold them.',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html',
  check: (template) =>
    template
      .actors()
      .filter(({ actor }) => CHECKED.some((property) => property in actor.properties))
      .flatMap(({ actor, role }) =>
        template
          .attachedPolicies(role)
          .filter((policy) => !actor.dependsOn.includes(policy.id))
          .map((policy) => ({ resource: actor.id, problem: `may be created before ${policy.id}` })),
      ),
  violations: {
    'a policy beside the role': (draft) => {
      draft.add('Late', 'AWS::IAM::Policy', {
        PolicyName: 'Late',
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:::level' }],
        },
        Roles: [{ Ref: draft.id('AWS::IAM::Role', 'Finish') }],
      });
    },
  },
};
