import { statements } from '../rendered-template';
import type { Rule } from '../rule';

const BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

export const bucketsClosed: Rule = {
  id: 'buckets-closed',
  says: 'Buckets are encrypted, let nobody in from outside, and refuse everything but TLS.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  check: (template) =>
    template.ofType('AWS::S3::Bucket').flatMap((bucket) => {
      const refused = template
        .ofType('AWS::S3::BucketPolicy')
        .filter(({ properties }) => template.referred(properties.Bucket) === bucket)
        .flatMap(({ properties }) => statements(properties.PolicyDocument))
        .some(
          ({ effect, actions, principals, resources, condition }) =>
            effect === 'Deny' &&
            actions.includes('s3:*') &&
            principals.includes('AWS:*') &&
            resources.length === 2 &&
            condition.Bool?.['aws:SecureTransport'] === 'false',
        );
      const problems = [
        !bucket.properties.BucketEncryption && 'not encrypted',
        BLOCKS.some((block) => bucket.properties.PublicAccessBlockConfiguration?.[block] !== true) &&
          'may become public',
        !refused && 'takes requests without TLS',
      ];
      return problems
        .filter((problem) => typeof problem === 'string')
        .map((problem) => ({ resource: bucket.id, problem }));
    }),
  violations: {
    'one block is off': (draft) => {
      draft.one('AWS::S3::Bucket').Properties.PublicAccessBlockConfiguration.BlockPublicPolicy = false;
    },
    'TLS is not asked for': (draft) => {
      draft.one('AWS::S3::BucketPolicy').Properties.PolicyDocument.Statement.shift();
    },
    'no encryption is set': (draft) => {
      delete draft.one('AWS::S3::Bucket').Properties.BucketEncryption;
    },
  },
};
