import { statements } from '../rendered-template';
import type { Rule } from '../rule';

export const queuesClosed: Rule = {
  id: 'queues-closed',
  says: 'Queues are encrypted by SQS itself, keep messages for 14 days, and refuse everything but TLS.',
  source:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
  check: (template) =>
    template.ofType('AWS::SQS::Queue').flatMap((queue) => {
      const refused = template
        .ofType('AWS::SQS::QueuePolicy')
        .filter(({ properties }) => properties.Queues.includes(template.ref(queue)))
        .flatMap(({ properties }) => statements(properties.PolicyDocument))
        .some(
          ({ effect, condition }) => effect === 'Deny' && condition.Bool?.['aws:SecureTransport'] === 'false',
        );
      const problems = [
        queue.properties.SqsManagedSseEnabled !== true && 'not encrypted by SQS',
        queue.properties.MessageRetentionPeriod !== 14 * 24 * 3600 && 'does not keep messages for 14 days',
        !refused && 'takes requests without TLS',
      ];
      return problems
        .filter((problem) => typeof problem === 'string')
        .map((problem) => ({ resource: queue.id, problem }));
    }),
  violations: {
    'encryption is off': (draft) => {
      draft.one('AWS::SQS::Queue').Properties.SqsManagedSseEnabled = false;
    },
    'messages are gone after four days': (draft) => {
      delete draft.one('AWS::SQS::Queue').Properties.MessageRetentionPeriod;
    },
    'TLS is not asked for': (draft) => {
      draft.one('AWS::SQS::QueuePolicy').Properties.PolicyDocument.Statement.shift();
    },
  },
};
