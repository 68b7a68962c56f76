import type { Rule } from '../rule';

export const ownLogGroups: Rule = {
  id: 'own-log-groups',
  says: 'Every function writes to a log group of the stack that no other function writes to.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html',
  check: (template) => {
    const taken = new Set<string>();
    return template.functions().flatMap(({ id, properties }) => {
      const group = template.referred(properties.LoggingConfig?.LogGroup);
      const problem = !group
        ? 'Lambda makes a log group that stays for ever'
        : taken.has(group.id) && `shares ${group.id} with another function`;
      taken.add(group?.id ?? '');
      return problem ? [{ resource: id, problem }] : [];
    });
  },
  violations: {
    'a function names no group': (draft) => {
      delete draft.one('AWS::Lambda::Function', 'Finish').Properties.LoggingConfig;
    },
    'two functions share a group': (draft) => {
      const logging = (word: string) => draft.one('AWS::Lambda::Function', word).Properties.LoggingConfig;
      logging('Enrich').LogGroup = logging('Validate').LogGroup;
      draft.statement('EnrichRole', 'logs:PutLogEvents').Resource = draft.statement(
        'ValidateRole',
        'logs:PutLogEvents',
      ).Resource;
    },
  },
};
