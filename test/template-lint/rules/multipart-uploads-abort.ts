import type { Rule } from '../rule';
import { writersWithout } from '../writers';

/** Written in one piece, so that there is nothing to abort; least-privilege/ holds that nobody needs the right there. */
const IN_ONE_PIECE = /\/reports\/\*$/;

export const multipartUploadsAbort: Rule = {
  id: 'multipart-uploads-abort',
  says: 'Whoever writes objects in parts may abort an upload, so that none is left that costs.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuAndPermissions.html',
  check: (template) =>
    writersWithout(template, 's3:AbortMultipartUpload', (resource) => !IN_ONE_PIECE.test(resource)),
  violations: {
    'finish cannot abort': (draft) => draft.forbid('Finish', 's3:AbortMultipartUpload'),
  },
};
