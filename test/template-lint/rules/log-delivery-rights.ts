import type { Rule } from '../rule';

const ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

export const logDeliveryRights: Rule = {
  id: 'log-delivery-rights',
  says: 'A state machine that logs may set up its log delivery, on every resource: the actions know no other.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
  check: (template) =>
    template.actors().flatMap(({ actor, role }) => {
      if (!actor.properties.LoggingConfiguration) return [];
      return ACTIONS.filter((action) => !template.allows(role, action, '*')).map((action) => ({
        resource: role.id,
        problem: `lacks ${action} on *`,
      }));
    }),
  violations: Object.fromEntries(
    ACTIONS.map((action) => [`${action} is missing`, (draft) => draft.forbid('Workflow', action)]),
  ),
};
