import type { Rule } from '../rule';
import { writersWithout } from '../writers';

export const conditionalWriteRights: Rule = {
  id: 'conditional-write-rights',
  says: 'Whoever publishes under processed/ may read there, too: a write with If-Match needs both rights.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
  check: (template) =>
    writersWithout(template, 's3:GetObject', (resource) => resource.endsWith('/processed/*')),
  violations: {
    'finish may write there only': (draft) => {
      const statement = draft.statement('Finish', 's3:GetObject') as { Resource: unknown[] };
      statement.Resource = statement.Resource.filter(
        (resource) => !JSON.stringify(resource).includes('/processed/*'),
      );
    },
  },
};
