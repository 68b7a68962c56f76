import type { RenderedTemplate } from '../rendered-template';
import type { Rule } from '../rule';

export const deadLetterAlarms: Rule = {
  id: 'dead-letter-alarms',
  says: 'There are alarms on messages in a dead-letter queue, and on events that did not even get there (DeadLetterErrors).',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  check: (template) =>
    template
      .functions()
      .filter(({ properties }) => properties.DeadLetterConfig)
      .flatMap((handler) => {
        const queue = template.referred(handler.properties.DeadLetterConfig.TargetArn);
        const problems = [
          !watched(template, 'DeadLetterErrors', template.name(handler)) && 'no alarm on DeadLetterErrors',
          queue &&
            !watched(template, 'ApproximateNumberOfMessagesVisible', template.name(queue)) &&
            `no alarm on ${queue.id}`,
        ];
        return problems
          .filter((problem) => typeof problem === 'string')
          .map((problem) => ({ resource: handler.id, problem }));
      }),
  violations: {
    'lost events raise none': (draft) => draft.remove('AWS::CloudWatch::Alarm', 'FinishEventsLost'),
    'messages raise none': (draft) => draft.remove('AWS::CloudWatch::Alarm', 'TriggerDeadLetters'),
  },
};

function watched(template: RenderedTemplate, metric: string, name: string): boolean {
  return template
    .ofType('AWS::CloudWatch::Alarm')
    .some(
      ({ properties }) =>
        properties.MetricName === metric &&
        properties.Dimensions.some(
          ({ Value }: any) => Value === name || Value === template.referred(Value)?.id,
        ),
    );
}
