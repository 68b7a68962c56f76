import type { Rule } from '../rule';

export const asynchronousDeadLetters: Rule = {
  id: 'asynchronous-dead-letters',
  says: 'A function that S3 or EventBridge calls has a dead-letter queue: after two more tries the event would be lost.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
  check: (template) => {
    const targets = [
      ...template
        .ofType('Custom::S3BucketNotifications')
        .flatMap(({ properties }) => properties.NotificationConfiguration.LambdaFunctionConfigurations ?? [])
        .map(({ LambdaFunctionArn }) => LambdaFunctionArn),
      ...template
        .ofType('AWS::Events::Rule')
        .flatMap(({ properties }) => properties.Targets.map(({ Arn }: any) => Arn)),
    ];
    return [...new Set(targets)].flatMap((target) => {
      const handler = template.referred(target);
      if (!handler || template.referred(handler.properties.DeadLetterConfig?.TargetArn)) return [];
      return [{ resource: handler.id, problem: 'loses events' }];
    });
  },
  violations: {
    'the trigger has none': (draft) => {
      delete draft.one('AWS::Lambda::Function', 'Trigger').Properties.DeadLetterConfig;
    },
    'the queue is not there': (draft) => {
      draft.one('AWS::Lambda::Function', 'QualityCheck').Properties.DeadLetterConfig.TargetArn =
        'arn:aws:sqs:::gone';
      draft.statement('QualityCheck', 'sqs:SendMessage').Resource = 'arn:aws:sqs:::gone';
    },
  },
};
