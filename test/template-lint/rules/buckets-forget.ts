import type { Rule } from '../rule';

export const bucketsForget: Rule = {
  id: 'buckets-forget',
  says: 'A versioned bucket deletes replaced versions and uploads that were never completed, in rules that S3 takes.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
  check: (template) =>
    template.ofType('AWS::S3::Bucket').flatMap(({ id, properties }) => {
      const rules: any[] = properties.LifecycleConfiguration?.Rules ?? [];
      const forAll = rules.filter((rule) => !rule.Prefix && rule.Status === 'Enabled');
      const problems = [
        !forAll.some((rule) => rule.NoncurrentVersionExpiration) && 'keeps replaced versions',
        !forAll.some((rule) => rule.AbortIncompleteMultipartUpload) &&
          'keeps uploads that were never completed',
        rules.some((rule) => rule.ExpiredObjectDeleteMarker && rule.ExpirationInDays) &&
          'a rule has two expirations',
      ];
      return problems
        .filter((problem) => typeof problem === 'string')
        .map((problem) => ({ resource: id, problem }));
    }),
  violations: {
    'replaced versions stay': (draft) => {
      const { Rules } = draft.one('AWS::S3::Bucket').Properties.LifecycleConfiguration;
      delete Rules.find((rule: any) => !rule.Prefix).NoncurrentVersionExpiration;
    },
    'uploads stay': (draft) => {
      const { Rules } = draft.one('AWS::S3::Bucket').Properties.LifecycleConfiguration;
      delete Rules.find((rule: any) => !rule.Prefix).AbortIncompleteMultipartUpload;
    },
    'an expiration beside that of delete markers': (draft) => {
      const { Rules } = draft.one('AWS::S3::Bucket').Properties.LifecycleConfiguration;
      Rules.find((rule: any) => !rule.Prefix).ExpirationInDays = 7;
    },
  },
};
