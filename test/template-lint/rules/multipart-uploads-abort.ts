import type { Rule } from '../rule';

export const multipartUploadsAbort: Rule = {
  id: 'multipart-uploads-abort',
  says: 'Whoever may write objects may abort an upload in parts, so that none is left that costs.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuAndPermissions.html',
  check: (template) =>
    template.actors().flatMap(({ role }) =>
      template
        .statementsOf(role)
        .filter(({ actions }) => actions.includes('s3:PutObject'))
        .flatMap(({ resources }) => resources)
        .filter((resource) => !template.allows(role, 's3:AbortMultipartUpload', resource))
        .map((resource) => ({ resource: role.id, problem: `lacks s3:AbortMultipartUpload on ${resource}` })),
    ),
  violations: {
    'finish cannot abort': (draft) => draft.forbid('Finish', 's3:AbortMultipartUpload'),
  },
};
