import type { Rule } from '../rule';

const READ = 'secretsmanager:GetSecretValue';
const ARN = /arn:[^:"]+:secretsmanager:[^"\\]+/g;

export const secretRights: Rule = {
  id: 'secret-rights',
  says: 'Whoever has the ARN of a secret in its environment may read that secret, and nobody may do anything else with secrets.',
  source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html',
  violated: 'all props',
  check: (template) =>
    template.functions().flatMap(({ id, properties }) => {
      const role = template.referred(properties.Role);
      if (!role) return [];
      const environment = Object.values<string>(properties.Environment?.Variables ?? {});
      const named = environment.flatMap((value) => value.match(ARN) ?? []);
      // Behind the name of a secret that is imported by it stand six characters that nobody knows.
      const patterns = named.flatMap((arn) => [arn, `${arn}-??????`]);
      const rights = template
        .statementsOf(role)
        .filter(({ actions }) => actions.some((action) => action.startsWith('secretsmanager:')));
      const actions = rights.flatMap((statement) => statement.actions);
      const resources = rights.flatMap((statement) => statement.resources);
      const lacking = named.filter(
        (arn) => ![arn, `${arn}-??????`].some((pattern) => template.allows(role, READ, pattern)),
      );
      const beyond = [
        ...actions.filter((action) => action !== READ),
        ...resources.filter((resource) => !patterns.includes(resource)),
      ];
      return [
        ...lacking.map((arn) => ({ resource: role.id, problem: `${id} cannot read ${arn}` })),
        ...beyond.map((right) => ({ resource: role.id, problem: `${id} does not need ${right}` })),
      ];
    }),
  violations: {
    'a hash cannot read its key': (draft) => draft.forbid('TransformRole', READ),
    'a hash may read another secret': (draft) => {
      draft.statement('TransformRole', READ).Resource = {
        'Fn::Sub':
          'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:other-??????',
      };
    },
    'a hash may change its key': (draft) => {
      draft.statement('TransformRole', READ).Action.push('secretsmanager:PutSecretValue');
    },
  },
};
