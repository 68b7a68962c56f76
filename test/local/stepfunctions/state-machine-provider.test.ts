import { Fixture, ROLE, USER } from './fixture';
import type { TemplateResource } from '../../../src/local/services';
import { StateMachineProvider } from '../../../src/local/stepfunctions';

const resource = (properties: object): TemplateResource => ({
  logicalId: 'Machine1A2B',
  type: 'AWS::StepFunctions::StateMachine',
  properties: { RoleArn: ROLE.arn, ...properties },
  metadata: {},
  stackName: 'Orders-dev',
  path: 'Orders-dev/Orders/StateMachine',
});
const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result: '${Greeting}', End: true } } };
const provide = (fixture: Fixture, properties: object) =>
  new StateMachineProvider(fixture.machines, { principal: () => ROLE }).provide(resource(properties));

it('makes a machine of DefinitionString and fills its substitutions', async () => {
  const fixture = new Fixture();
  const { ref, attributes } = provide(fixture, {
    StateMachineName: 'orders',
    DefinitionString: JSON.stringify(definition),
    DefinitionSubstitutions: { Greeting: 'hello' },
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true, Destinations: [] },
    TracingConfiguration: { Enabled: true },
    StateMachineType: 'STANDARD',
  });
  expect(ref).toBe('arn:aws:states:us-east-1:000000000000:stateMachine:orders');
  expect(attributes).toEqual({ Arn: ref, Name: 'orders', StateMachineRevisionId: 'INITIAL' });
  expect(fixture.machines.machine(ref)).toMatchObject({
    loggingConfiguration: { level: 'ALL', includeExecutionData: true },
    tracingConfiguration: { enabled: true },
  });
  const { executionArn } = await fixture.machines.start({ stateMachineArn: ref, input: '{}' }, USER);
  expect((await fixture.machines.ended(executionArn)).output).toBe('"hello"');
});

it('takes Definition as an object, and makes up the name that lacks', () => {
  const fixture = new Fixture();
  const { ref } = provide(fixture, { Definition: definition });
  expect(ref).toMatch(/:stateMachine:Orders-dev-Machine1A2B-[0-9a-f]{12}$/);
  expect(fixture.machines.machine(ref).definitionText).toBe(JSON.stringify(definition));
});

it.each([
  [
    { StateMachineType: 'EXPRESS', Definition: definition },
    "the local run does not provide the StateMachineType 'EXPRESS' of the state machine Orders-dev/Orders/StateMachine",
  ],
  [
    { DefinitionS3Location: {} },
    'the local run does not provide the property DefinitionS3Location of AWS::StepFunctions::StateMachine, used at Orders-dev/Orders/StateMachine',
  ],
  [
    {},
    'the local run does not provide the state machine Orders-dev/Orders/StateMachine, which has neither DefinitionString nor Definition',
  ],
  [{ Definition: {} }, 'invalid state machine definition: the state machine has no States'],
])('refuses %j', (properties, message) => {
  expect(() => provide(new Fixture(), properties)).toThrow(message);
});
