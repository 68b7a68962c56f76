import { invokers } from '../invokers';
import type { Rule } from '../rule';

export const notificationPermissions: Rule = {
  id: 'notification-permissions',
  says: 'S3 may call the function of every notification, for that bucket of that account, before the notification is set.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html',
  check: (template) =>
    template.ofType('Custom::S3BucketNotifications').flatMap(({ id, properties, dependsOn }) => {
      const bucket = template.referred(properties.BucketName);
      const targets: any[] = properties.NotificationConfiguration.LambdaFunctionConfigurations ?? [];
      return targets.flatMap(({ LambdaFunctionArn }) => {
        const handler = template.referred(LambdaFunctionArn);
        if (!bucket || !handler) return [];
        const allowed = invokers(template, handler, 's3.amazonaws.com').find(
          ({ SourceArn, SourceAccount }) => SourceArn === template.arn(bucket) && SourceAccount,
        );
        if (!allowed) return [{ resource: id, problem: `S3 may not call ${handler.id} for ${bucket.id}` }];
        const permission = template.resources.find((resource) => resource.properties === allowed)!;
        const waits = dependsOn.includes(permission.id);
        return waits ? [] : [{ resource: id, problem: `may be set before ${permission.id} is there` }];
      });
    }),
  violations: {
    'no permission': (draft) => draft.remove('AWS::Lambda::Permission', 'AllowBucketNotifications'),
    'for a bucket of that name in any account': (draft) => {
      delete draft.one('AWS::Lambda::Permission', 'AllowBucketNotifications').Properties.SourceAccount;
    },
    'the notification does not wait': (draft) => {
      draft.one('Custom::S3BucketNotifications').DependsOn = [];
    },
  },
};
