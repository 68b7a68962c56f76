import type { Rule } from '../rule';

export const logRetention: Rule = {
  id: 'log-retention',
  says: 'Log groups are kept for 7 days, also where a feature flag would have CDK add one that is kept for two years.',
  source:
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html',
  check: (template) =>
    template
      .ofType('AWS::Logs::LogGroup')
      .filter(({ properties }) => properties.RetentionInDays !== 7)
      .map(({ id, properties }) => ({
        resource: id,
        problem: `kept for ${properties.RetentionInDays ?? 'ever'}`,
      })),
  violations: {
    'for two years': (draft) => {
      draft.one('AWS::Logs::LogGroup').Properties.RetentionInDays = 731;
    },
    'for ever': (draft) => {
      delete draft.one('AWS::Logs::LogGroup').Properties.RetentionInDays;
    },
  },
};
