import type { RenderedTemplate } from '../rendered-template';
import type { Rule } from '../rule';

const NEEDED = ['logs:CreateLogStream', 'logs:PutLogEvents'];

export const logRights: Rule = {
  id: 'log-rights',
  says: 'A function may write to its own log group only, and make none: Lambda would make it again after teardown.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  check: (template) =>
    template.functions().flatMap((actor) => {
      const role = template.referred(actor.properties.Role);
      const group = template.referred(actor.properties.LoggingConfig?.LogGroup);
      if (!role || !group) return [];
      const missing = NEEDED.filter((action) => !template.allows(role, action, template.arn(group)));
      const tooMuch = grantedFor(template, role, template.arn(group));
      return [...missing.map((action) => `lacks ${action}`), ...tooMuch].map((problem) => ({
        resource: role.id,
        problem,
      }));
    }),
  violations: {
    'the function cannot write': (draft) => draft.forbid('Finish', 'logs:PutLogEvents'),
    'the function can make groups': (draft) => {
      draft.statement('Finish', 'logs:PutLogEvents').Action.push('logs:CreateLogGroup');
    },
    'a managed policy lets it write to every group': (draft) => {
      draft.one('AWS::IAM::Role', 'Finish').Properties.ManagedPolicyArns = [
        'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      ];
    },
  },
};

function grantedFor(
  template: RenderedTemplate,
  role: Parameters<RenderedTemplate['statementsOf']>[0],
  own: string,
): string[] {
  const statements = template
    .statementsOf(role)
    .filter(({ actions }) => actions.some((action) => action.startsWith('logs:')));
  return [
    ...statements.flatMap(({ actions }) => actions).filter((action) => !NEEDED.includes(action)),
    ...statements.flatMap(({ resources }) => resources).filter((resource) => resource !== own),
    ...(role.properties.ManagedPolicyArns ?? []),
  ].map((right) => `has ${right}`);
}
