import type { Rule } from '../rule';

export const absentKeysAre404: Rule = {
  id: 'absent-keys-are-404',
  says: 'Whoever may read objects of a bucket may list it: else S3 answers 403 for an absent key, and nobody knows why.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html',
  check: (template) =>
    template.actors().flatMap(({ role }) => {
      const objects = template
        .statementsOf(role)
        .filter(({ actions }) => actions.some((action) => /^s3:GetObject(Version)?$/.test(action)))
        .flatMap(({ resources }) => resources)
        // Objects of the bootstrap's bucket are there before the stack is.
        .filter((resource) => !resource.includes('-assets-'));
      const buckets = new Set(objects.map((resource) => resource.split('/')[0]));
      return [...buckets]
        .filter((bucket) => !template.allows(role, 's3:ListBucket', bucket))
        .map((bucket) => ({ resource: role.id, problem: `lacks s3:ListBucket on ${bucket}` }));
    }),
  violations: {
    'a step cannot list': (draft) => draft.forbid('TransformRole', 's3:ListBucket'),
    'the API lists another bucket': (draft) => {
      draft.statement('ApiHandlerRole', 's3:ListBucket').Resource = 'arn:aws:s3:::other';
    },
  },
};
