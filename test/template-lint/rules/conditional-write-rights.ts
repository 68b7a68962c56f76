import type { Rule } from '../rule';

export const conditionalWriteRights: Rule = {
  id: 'conditional-write-rights',
  says: 'Whoever publishes under processed/ may read there, too: a write with If-Match needs both rights.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
  check: (template) =>
    template.actors().flatMap(({ role }) =>
      template
        .statementsOf(role)
        .filter(({ actions }) => actions.includes('s3:PutObject'))
        .flatMap(({ resources }) => resources)
        .filter((resource) => resource.endsWith('/processed/*'))
        .filter((resource) => !template.allows(role, 's3:GetObject', resource))
        .map((resource) => ({ resource: role.id, problem: `lacks s3:GetObject on ${resource}` })),
    ),
  violations: {
    'finish may write there only': (draft) => {
      const statement = draft.statement('Finish', 's3:GetObject') as { Resource: unknown[] };
      statement.Resource = statement.Resource.filter(
        (resource) => !JSON.stringify(resource).includes('/processed/*'),
      );
    },
  },
};
