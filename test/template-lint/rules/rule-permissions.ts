import { invokers } from '../invokers';
import type { Rule } from '../rule';

export const rulePermissions: Rule = {
  id: 'rule-permissions',
  says: 'EventBridge may call the function of every rule, for that rule.',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  check: (template) =>
    template.ofType('AWS::Events::Rule').flatMap((rule) =>
      rule.properties.Targets.flatMap(({ Arn }: any) => {
        const handler = template.referred(Arn);
        if (!handler) return [];
        const allowed = invokers(template, handler, 'events.amazonaws.com').some(
          ({ SourceArn }) => SourceArn === template.arn(rule),
        );
        return allowed ? [] : [{ resource: rule.id, problem: `may not call ${handler.id}` }];
      }),
    ),
  violations: {
    'no permission': (draft) => draft.remove('AWS::Lambda::Permission', 'FailureRule'),
    'for another rule': (draft) => {
      const { Properties } = draft.one('AWS::Lambda::Permission', 'FailureRule');
      Properties.SourceArn = { 'Fn::GetAtt': [draft.id('AWS::Events::Rule', 'QualityCheck'), 'Arn'] };
    },
  },
};
