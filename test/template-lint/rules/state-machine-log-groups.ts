import type { Rule } from '../rule';

const PREFIX = '/aws/vendedlogs/states/';

export const stateMachineLogGroups: Rule = {
  id: 'state-machine-log-groups',
  says: `A state machine logs to a group under ${PREFIX}, where many share one resource policy, which has a size limit.`,
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html',
  check: (template) =>
    template.ofType('AWS::StepFunctions::StateMachine').flatMap(({ id, properties }) => {
      const destinations = properties.LoggingConfiguration?.Destinations ?? [{}];
      return destinations.flatMap(({ CloudWatchLogsLogGroup }: any) => {
        const group = template.referred(CloudWatchLogsLogGroup?.LogGroupArn);
        if (group && template.name(group).startsWith(PREFIX)) return [];
        return [
          { resource: id, problem: `logs to ${group ? template.name(group) : 'no group of the stack'}` },
        ];
      });
    }),
  violations: {
    'the group has another name': (draft) => {
      draft.one('AWS::Logs::LogGroup', 'Workflow').Properties.LogGroupName = '/orders';
    },
    'there is no log': (draft) => {
      delete draft.one('AWS::StepFunctions::StateMachine').Properties.LoggingConfiguration;
    },
  },
};
