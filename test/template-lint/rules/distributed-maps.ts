import type { RenderedResource, RenderedTemplate } from '../rendered-template';
import type { Rule } from '../rule';

const MAP = {
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED' },
    StartAt: 'Do',
    States: { Do: { Type: 'Succeed' } },
  },
};

export const distributedMaps: Rule = {
  id: 'distributed-maps',
  says: 'A Distributed Map has a label of at most 40 characters, and its machine may start, watch and stop its own executions.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html',
  check: (template) =>
    template
      .states()
      .filter(
        ({ state }) => state.Type === 'Map' && state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED',
      )
      .flatMap(({ machine, name, state }) => {
        const label: string = state.Label ?? '';
        const problems = [
          !/^[\w-]{1,40}$/.test(label) && `${name} has the label ${JSON.stringify(label)}`,
          ...missing(template, machine).map((right) => `${name} lacks ${right}`),
        ];
        return problems
          .filter((problem) => typeof problem === 'string')
          .map((problem) => ({ resource: machine.id, problem }));
      }),
  violations: {
    'no right to start itself': (draft) => draft.addState('All', { ...MAP, Label: 'All' }),
    'a label of 41 characters': (draft) => draft.addState('All', { ...MAP, Label: 'x'.repeat(41) }),
  },
};

function missing(template: RenderedTemplate, machine: RenderedResource): string[] {
  const role = template.referred(machine.properties.RoleArn)!;
  const executions = `${template.arn(machine).replace(':stateMachine:', ':execution:')}:any`;
  return [
    ['states:StartExecution', template.arn(machine)],
    ['states:DescribeExecution', executions],
    ['states:StopExecution', executions],
  ]
    .filter(([action, resource]) => !template.allows(role, action, resource))
    .map(([action]) => action);
}
