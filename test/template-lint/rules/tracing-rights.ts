import type { Rule } from '../rule';

const ACTIONS = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

export const tracingRights: Rule = {
  id: 'tracing-rights',
  says: 'Whoever is traced may send traces, on every resource: the actions know no other.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html',
  check: (template) =>
    template.actors().flatMap(({ actor, role }) => {
      const traced =
        actor.properties.TracingConfig?.Mode === 'Active' || actor.properties.TracingConfiguration?.Enabled;
      return ACTIONS.filter((action) => traced && !template.allows(role, action, '*')).map((action) => ({
        resource: role.id,
        problem: `lacks ${action} on *`,
      }));
    }),
  violations: {
    'a function cannot send them': (draft) => draft.forbid('Finish', 'xray:PutTraceSegments'),
    'the state machine cannot send them': (draft) => draft.forbid('Workflow', 'xray:PutTelemetryRecords'),
  },
};
