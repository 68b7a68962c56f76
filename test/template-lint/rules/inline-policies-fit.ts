import type { Rule } from '../rule';

const CHARACTERS = 10_240;

export const inlinePoliciesFit: Rule = {
  id: 'inline-policies-fit',
  says: 'All inline policies of a role together have at most 10,240 characters, with the longest ARNs in them.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  check: (template) =>
    template.ofType('AWS::IAM::Role').flatMap((role) => {
      const documents = [
        ...(role.properties.Policies ?? []),
        ...template.attachedPolicies(role).map(({ properties }) => properties),
      ].map(({ PolicyDocument }) => JSON.stringify(PolicyDocument));
      const { length } = documents.join('');
      return length > CHARACTERS ? [{ resource: role.id, problem: `${length} characters` }] : [];
    }),
  violations: {
    'a statement names many tables': (draft) => {
      draft.statement('Finish', 'dynamodb:GetItem').Resource = [
        draft.statement('Finish', 'dynamodb:GetItem').Resource,
        ...Array.from({ length: 200 }, (_, number) => `arn:aws:dynamodb:::table/one-of-many-${number}`),
      ];
    },
  },
};
