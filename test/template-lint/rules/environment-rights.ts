import type { Rule } from '../rule';

/** What a role needs at least on a resource that stands in the environment of its function. */
const SERVICES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'dynamodb:',
  'AWS::StepFunctions::StateMachine': 'states:StartExecution',
};

export const environmentRights: Rule = {
  id: 'environment-rights',
  says: 'A function whose environment names a table or state machine has a right there.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-executionrole-update.html',
  check: (template) =>
    template.actors().flatMap(({ actor, role }) => {
      const values = Object.values(actor.properties.Environment?.Variables ?? {});
      return values.flatMap((value) => {
        const used = template.referred(value);
        const prefix = used && SERVICES[used.type];
        if (!prefix) return [];
        const allowed = template
          .statementsOf(role)
          .some(
            ({ actions, resources }) =>
              actions.some((action) => action.startsWith(prefix)) &&
              resources.some((resource) => resource.startsWith(template.arn(used))),
          );
        return allowed ? [] : [{ resource: role.id, problem: `lacks ${prefix}* on ${used.id}` }];
      });
    }),
  violations: {
    'the trigger cannot start jobs': (draft) => draft.forbid('TriggerHandler', 'states:StartExecution'),
    'the quality check cannot query': (draft) => draft.forbid('QualityCheck', 'dynamodb:Query'),
  },
};
