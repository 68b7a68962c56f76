import { statements } from '../rendered-template';
import type { Rule } from '../rule';

export const ruleDeadLetters: Rule = {
  id: 'rule-dead-letters',
  says: 'Every target of a rule has a dead-letter queue, and EventBridge may send to it for that rule.',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  check: (template) =>
    template.ofType('AWS::Events::Rule').flatMap((rule) =>
      rule.properties.Targets.flatMap(({ DeadLetterConfig }: any) => {
        const queue = template.referred(DeadLetterConfig?.Arn);
        if (!queue) return [{ resource: rule.id, problem: 'loses events that its target does not take' }];
        const allowed = template
          .ofType('AWS::SQS::QueuePolicy')
          .filter(({ properties }) => properties.Queues.includes(template.ref(queue)))
          .flatMap(({ properties }) => statements(properties.PolicyDocument))
          .some(
            ({ effect, actions, principals, condition }) =>
              effect === 'Allow' &&
              actions.includes('sqs:SendMessage') &&
              principals.includes('Service:events.amazonaws.com') &&
              condition.ArnEquals?.['aws:SourceArn'] === template.arn(rule),
          );
        return allowed ? [] : [{ resource: rule.id, problem: `may not send to ${queue.id}` }];
      }),
    ),
  violations: {
    'a target without a queue': (draft) => {
      delete draft.one('AWS::Events::Rule', 'FailureRule').Properties.Targets[0].DeadLetterConfig;
    },
    'the queue takes no events': (draft) => {
      draft.one('AWS::SQS::QueuePolicy', 'Finish').Properties.PolicyDocument.Statement.splice(1);
    },
    'the queue takes events of another rule': (draft) => {
      const { Statement } = draft.one('AWS::SQS::QueuePolicy', 'Finish').Properties.PolicyDocument;
      Statement[1].Condition.ArnEquals['aws:SourceArn'] = 'arn:aws:events:::rule/other';
    },
  },
};
