import { statements } from '../rendered-template';
import type { Rule } from '../rule';

const NEEDED = ['kms:Decrypt', 'kms:GenerateDataKey'];

export const alarmTopicKeys: Rule = {
  id: 'alarm-topic-keys',
  says: 'An encrypted topic of alarms has a customer-managed key that CloudWatch may use.',
  source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  violated: 'customer-managed keys',
  check: (template) => {
    const topics = template
      .ofType('AWS::CloudWatch::Alarm')
      .flatMap(({ properties }) => properties.AlarmActions ?? []);
    return [...new Set(topics)].flatMap((arn) => {
      const topic = template.referred(arn);
      if (!topic?.properties.KmsMasterKeyId) return [];
      const key = template
        .ofType('AWS::KMS::Key')
        .find((each) =>
          [each.id, template.arn(each), template.name(each)].includes(topic.properties.KmsMasterKeyId),
        );
      const allowed = statements(key?.properties.KeyPolicy)
        .filter(({ principals }) => principals.includes('Service:cloudwatch.amazonaws.com'))
        .flatMap(({ actions }) => actions.map((action) => action.replace(/\*$/, '')));
      return NEEDED.filter((action) => !allowed.includes(action)).map((action) => ({
        resource: topic.id,
        problem: `CloudWatch lacks ${action} on its key`,
      }));
    });
  },
  violations: {
    'the key is that of AWS': (draft) => {
      draft.one('AWS::SNS::Topic').Properties.KmsMasterKeyId = 'alias/aws/sns';
    },
    'the key knows nothing of CloudWatch': (draft) => {
      draft.one('AWS::KMS::Key', 'TopicKey').Properties.KeyPolicy.Statement.splice(1);
    },
  },
};
