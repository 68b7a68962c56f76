import type { Task } from '../rendered-template';
import type { Rule } from '../rule';

/** What a task needs, by the end of its `Resource`: the action, and on what. */
const NEEDS: Readonly<Record<string, readonly [string, (parameters: any) => string]>> = {
  'lambda:invoke': ['lambda:InvokeFunction', ({ FunctionName }) => FunctionName],
  'dynamodb:updateItem': ['dynamodb:UpdateItem', ({ TableName }) => `arn:*:table/${TableName}`],
};

export const taskRights: Rule = {
  id: 'task-rights',
  says: 'The role of a state machine may do what each of its tasks does.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html',
  check: (template) =>
    template.tasks().flatMap((task) => {
      const { machine, name, state } = task;
      const need = NEEDS[serviceOf(task)];
      if (!need) {
        return [{ resource: machine.id, problem: `${name}: no rule knows what ${state.Resource} needs` }];
      }
      const [action, resourceOf] = need;
      const role = template.referred(machine.properties.RoleArn)!;
      const pattern = resourceOf(state.Parameters).replace(/^arn:\*:/, '');
      const allowed = template
        .statementsOf(role)
        .some(
          ({ actions, resources }) =>
            actions.includes(action) && resources.some((resource) => resource.endsWith(pattern)),
        );
      return allowed ? [] : [{ resource: role.id, problem: `${name} lacks ${action} on ${pattern}` }];
    }),
  violations: {
    'no function may be called': (draft) => draft.forbid('Workflow', 'lambda:InvokeFunction'),
    'one function is left out': (draft) => {
      const statement = draft.statement('Workflow', 'lambda:InvokeFunction') as { Resource: unknown[] };
      statement.Resource.shift();
    },
    'the table cannot be written': (draft) => draft.forbid('Workflow', 'dynamodb:UpdateItem'),
    'a task of a service that nobody thought of': (draft) =>
      draft.addState('Notify', { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true }),
  },
};

function serviceOf({ state }: Task): string {
  return state.Resource.split(':states:::')[1];
}
