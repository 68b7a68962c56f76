import type { Rule } from '../rule';

/** Services whose actions know no resources. */
const WITHOUT_RESOURCES = /^(xray|logs):/;

export const noWildcards: Rule = {
  id: 'no-wildcards',
  says: 'Rights name their actions, and their resources unless the action knows none.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  check: (template) =>
    template.actors().flatMap(({ role }) =>
      template.statementsOf(role).flatMap(({ effect, actions, resources }) => {
        const wide = effect === 'Allow' && resources.includes('*');
        return actions
          .filter((action) => action.includes('*') || (wide && !WITHOUT_RESOURCES.test(action)))
          .map((action) => ({ resource: role.id, problem: `${action} on ${resources}` }));
      }),
    ),
  violations: {
    'all actions of a service': (draft) => {
      draft.statement('Finish', 'dynamodb:UpdateItem').Action.push('dynamodb:*');
    },
    'every object of every bucket': (draft) => {
      draft.statement('Finish', 's3:DeleteObject').Resource = '*';
    },
  },
};
