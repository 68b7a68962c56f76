import type { Rule } from '../rule';

export const foreignBucketsByEventbridge: Rule = {
  id: 'foreign-buckets-by-eventbridge',
  says: "Notifications are set on buckets of the stack only; another bucket is listened to by a rule on one bucket's new objects.",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
  violated: 'imported resources',
  check: (template) => [
    ...template
      .ofType('Custom::S3BucketNotifications')
      .filter(({ properties }) => properties.Managed !== true || !template.referred(properties.BucketName))
      .map(({ id }) => ({ resource: id, problem: 'overwrites notifications that others set' })),
    ...template
      .ofType('AWS::Events::Rule')
      .filter(({ properties }) => properties.EventPattern?.source?.includes('aws.s3'))
      .filter(({ properties }) => !properties.EventPattern.detail?.bucket?.name?.length)
      .map(({ id }) => ({ resource: id, problem: 'listens to every bucket of the account' })),
  ],
  violations: {
    'notifications of an imported bucket': (draft) =>
      draft.add('Foreign', 'Custom::S3BucketNotifications', {
        BucketName: 'theirs',
        NotificationConfiguration: {},
        Managed: false,
      }),
    'a rule that names no bucket': (draft) => {
      delete draft.one('AWS::Events::Rule', 'Trigger').Properties.EventPattern.detail.bucket;
    },
  },
};
