import type { Rule } from '../rule';

export const bucketsVersioned: Rule = {
  id: 'buckets-versioned',
  says: 'Buckets are versioned: only so an event has a version id, and a job reads just what was uploaded.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  check: (template) =>
    template
      .ofType('AWS::S3::Bucket')
      .filter(({ properties }) => properties.VersioningConfiguration?.Status !== 'Enabled')
      .map(({ id }) => ({ resource: id, problem: 'not versioned' })),
  violations: {
    suspended: (draft) => {
      draft.one('AWS::S3::Bucket').Properties.VersioningConfiguration.Status = 'Suspended';
    },
  },
};
