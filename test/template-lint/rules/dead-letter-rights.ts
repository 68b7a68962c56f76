import type { Rule } from '../rule';

export const deadLetterRights: Rule = {
  id: 'dead-letter-rights',
  says: 'A function with a dead-letter queue may send to it: Lambda checks that when it makes the function.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  check: (template) =>
    template.actors().flatMap(({ actor, role }) => {
      const queue: string | undefined = actor.properties.DeadLetterConfig?.TargetArn;
      if (!queue || template.allows(role, 'sqs:SendMessage', queue)) return [];
      return [{ resource: role.id, problem: `lacks sqs:SendMessage on ${queue}` }];
    }),
  violations: {
    'the right is missing': (draft) => draft.forbid('Finish', 'sqs:SendMessage'),
    'the right is for another queue': (draft) => {
      draft.statement('TriggerHandler', 'sqs:SendMessage').Resource = 'arn:aws:sqs:::other';
    },
  },
};
