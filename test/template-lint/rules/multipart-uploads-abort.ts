import type { Rule } from '../rule';

/** Written in one piece, so that there is nothing to abort; least-privilege/ holds that nobody needs the right there. */
const IN_ONE_PIECE = /\/reports\/\*$/;

export const multipartUploadsAbort: Rule = {
  id: 'multipart-uploads-abort',
  says: 'Whoever writes objects in parts may abort an upload, so that none is left that costs.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuAndPermissions.html',
  check: (template) =>
    template.actors().flatMap(({ role }) =>
      template
        .statementsOf(role)
        .filter(({ actions }) => actions.includes('s3:PutObject'))
        .flatMap(({ resources }) => resources)
        .filter((resource) => !IN_ONE_PIECE.test(resource))
        .filter((resource) => !template.allows(role, 's3:AbortMultipartUpload', resource))
        .map((resource) => ({ resource: role.id, problem: `lacks s3:AbortMultipartUpload on ${resource}` })),
    ),
  violations: {
    'finish cannot abort': (draft) => draft.forbid('Finish', 's3:AbortMultipartUpload'),
  },
};
