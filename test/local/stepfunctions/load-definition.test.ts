import aslValidator from 'asl-validator';
import { Fixture } from './fixture';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:step';
const task = { Type: 'Task', Resource: FUNCTION, End: true };
const pass = { Type: 'Pass', End: true };
const machine = (states: object, more: object = {}) => ({
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
});

/** Definitions of the AWS documentation, shortened. */
const SAMPLES: Record<string, object> = {
  'a task with Retry and Catch': machine({
    Work: {
      ...task,
      TimeoutSeconds: 60,
      HeartbeatSeconds: 10,
      Retry: [
        {
          ErrorEquals: ['ErrorA', 'ErrorB'],
          IntervalSeconds: 1,
          BackoffRate: 2.0,
          MaxAttempts: 2,
          MaxDelaySeconds: 5,
          JitterStrategy: 'FULL',
        },
        { ErrorEquals: ['States.ALL'] },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z', ResultPath: '$.error' }],
    },
    Z: { Type: 'Fail', Error: 'E', Cause: 'C' },
  }),
  'a choice': machine({
    Choose: {
      Type: 'Choice',
      Choices: [
        { Not: { Variable: '$.type', StringEquals: 'Private' }, Next: 'Public' },
        {
          And: [
            { Variable: '$.value', IsPresent: true },
            { Variable: '$.value', NumericGreaterThanEquals: 20 },
          ],
          Next: 'InTwenties',
        },
      ],
      Default: 'Public',
    },
    Public: pass,
    InTwenties: { Type: 'Succeed' },
  }),
  'a map': machine({
    Validate: {
      Type: 'Map',
      InputPath: '$.detail',
      ItemsPath: '$.shipped',
      MaxConcurrency: 0,
      ItemSelector: { 'parcel.$': '$$.Map.Item.Value', 'courier.$': "$['delivery-partner']" },
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Ship', States: { Ship: task } },
      ResultPath: '$.detail.shipped',
      End: true,
    },
  }),
  'a parallel': machine({
    Both: {
      Type: 'Parallel',
      Branches: [
        machine({ A: pass }),
        machine({ B: { Type: 'Wait', Seconds: 20, Next: 'C' }, C: { Type: 'Succeed' } }),
      ],
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  }),
  'an update of a table': machine(
    {
      Set: {
        Type: 'Task',
        Resource: 'arn:aws:states:::dynamodb:updateItem',
        Parameters: {
          TableName: 'jobs',
          Key: { id: { 'S.$': '$.id' } },
          UpdateExpression: 'SET a = :a',
          ExpressionAttributeValues: { ':a': { 'N.$': "States.Format('{}', $.n)" } },
        },
        ResultPath: null,
        End: true,
      },
    },
    { Comment: 'c', Version: '1.0', TimeoutSeconds: 60, QueryLanguage: 'JSONPath' },
  ),
};

it.each(Object.entries(SAMPLES))('takes %s, as an independent validator does', (_, definition) => {
  expect(() => new Fixture().add(definition)).not.toThrow();
  expect(aslValidator(definition as never).isValid).toBe(true);
});

it.each<[string, object, string]>([
  ['no States', { StartAt: 'A', States: {} }, 'the state machine has no States'],
  ['no StartAt', { States: { A: pass } }, 'the state machine has no StartAt'],
  [
    'a start that is not there',
    { StartAt: 'B', States: { A: pass } },
    "StartAt of the state machine names the state 'B', which is not there",
  ],
  [
    'a next state that is not there',
    machine({ A: { Type: 'Pass', Next: 'B' } }),
    "the state 'A' names the state 'B', which is not there",
  ],
  ['a state that nothing leads to', machine({ A: pass, B: pass }), "no state leads to the state 'B'"],
  ['a state without Type', machine({ A: {} }), "the state 'A' has no Type"],
  ['a state that is no object', machine({ A: 5 }), "the state 'A' has no Type"],
  [
    'neither Next nor End',
    machine({ A: { Type: 'Pass' } }),
    `the state 'A' must have either Next or "End": true`,
  ],
  [
    'both Next and End',
    machine({ A: { ...pass, Next: 'A' } }),
    `the state 'A' must have either Next or "End": true`,
  ],
  [
    'a misspelt field',
    machine({ A: { ...task, TimeoutSecond: 5 } }),
    "the state 'A' (Task) has the unknown field 'TimeoutSecond'",
  ],
  [
    'a misspelt field of the machine',
    machine({ A: pass }, { Timeout: 5 }),
    "the state machine has the unknown field 'Timeout'",
  ],
  [
    'a misspelt field of Retry',
    machine({ A: { ...task, Retry: [{ ErrorEquals: ['E'], Attempts: 1 }] } }),
    "Retry of the state 'A' has the unknown field 'Attempts'",
  ],
  [
    'a field of another type',
    machine({ A: { ...pass, Retry: [] } }),
    "the state 'A' (Pass) has the unknown field 'Retry'",
  ],
  [
    'a wrong number',
    machine({ A: { ...task, TimeoutSeconds: 0 } }),
    "TimeoutSeconds of the state 'A' (Task): expected a whole number from 1 up, got 0",
  ],
  [
    'a wrong rate',
    machine({ A: { ...task, Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] } }),
    'BackoffRate of Retry',
  ],
  ['no ErrorEquals', machine({ A: { ...task, Retry: [{}] } }), "Retry of the state 'A' has no ErrorEquals"],
  [
    'a catcher without Next',
    machine({ A: { ...task, Catch: [{ ErrorEquals: ['E'] }] } }),
    "Catch of the state 'A' has no Next",
  ],
  [
    'an entry that is no object',
    machine({ A: { ...task, Catch: [1] } }),
    "Catch of the state 'A' is not an object: 1",
  ],
  [
    'States.ALL beside others',
    machine({ A: { ...task, Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] } }),
    'expected States.ALL alone',
  ],
  [
    'States.ALL before the last',
    machine({ A: { ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] } }),
    "Retry of the state 'A' has States.ALL before its last entry",
  ],
  [
    'two times',
    machine({ A: { Type: 'Wait', Seconds: 1, SecondsPath: '$.s', End: true } }),
    "the state 'A' has both Seconds and SecondsPath",
  ],
  [
    'no time',
    machine({ A: { Type: 'Wait', End: true } }),
    "the state 'A' has no Seconds or SecondsPath or Timestamp or TimestampPath",
  ],
  [
    'a wrong time',
    machine({ A: { Type: 'Wait', Timestamp: 'noon', End: true } }),
    'expected a time stamp such as 2026-01-31T09:00:00Z, got "noon"',
  ],
  [
    'a ResultPath to many places',
    machine({ A: { ...pass, ResultPath: '$.a[*]' } }),
    'expected a path to one place, got "$.a[*]"',
  ],
  [
    'a ResultPath into the context',
    machine({ A: { ...pass, ResultPath: '$$.a' } }),
    'expected a path into the input',
  ],
  [
    'a path that is none',
    machine({ A: { ...pass, InputPath: 'a' } }),
    'expected a path that begins with $, got "a"',
  ],
  [
    'a dynamic field that is no path',
    machine({ A: { ...pass, Parameters: { 'a.$': 'b' } } }),
    "Parameters of the state 'A' (Pass): the value of 'a.$' must be a path or an intrinsic function, got 'b'",
  ],
  [
    'a dynamic field that is no text',
    machine({ A: { ...pass, Parameters: [{ 'a.$': 5 }] } }),
    "the value of 'a.$' must be a text, got 5",
  ],
  [
    'the same name twice',
    machine({ A: { Type: 'Parallel', Branches: [machine({ B: pass }), machine({ B: pass })], End: true } }),
    "the state 'B' is there twice",
  ],
  ['a long name', machine({ ['A'.repeat(81)]: pass }), 'has a name of more than 80 characters'],
  [
    'a field that the resource does not take',
    machine({
      A: {
        ...task,
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: 'f', 'Playload.$': '$' },
      },
    }),
    "Parameters of the state 'A': arn:aws:states:::lambda:invoke does not take the field 'Playload.$'",
  ],
  [
    'a broken branch',
    machine({ A: { Type: 'Parallel', Branches: [5], End: true } }),
    "a branch of the state 'A' is not an object: 5",
  ],
])('refuses %s', (_, definition, message) => {
  const load = () => new Fixture().add(definition);
  expect(load).toThrow('invalid state machine definition: ');
  expect(load).toThrow(message);
});

it.each<[object, string]>([
  [machine({ A: { Type: 'Loop' } }), "the type 'Loop' of the state 'A'"],
  [machine({ A: pass }, { QueryLanguage: 'JSONata' }), `the QueryLanguage "JSONata" of the state machine`],
  [
    machine({ A: { ...pass, QueryLanguage: 'JSONata' } }),
    `the QueryLanguage "JSONata" of the state 'A' (Pass)`,
  ],
  [
    machine({ A: { ...pass, Assign: { x: 1 } } }),
    "the field 'Assign' (variables and JSONata) of the state 'A' (Pass)",
  ],
  [
    machine({ A: { ...task, Resource: 'arn:aws:states:::ecs:runTask' } }),
    "the Resource 'arn:aws:states:::ecs:runTask' of the state 'A'",
  ],
  [
    machine({ A: { ...task, Resource: 'arn:aws:states:us-east-1:000000000000:activity:x' } }),
    "of the state 'A'",
  ],
  [
    machine({ A: { ...task, Resource: 'arn:aws:states:::dynamodb:putItem.waitForTaskToken' } }),
    "of the state 'A'",
  ],
  [
    machine({ A: { ...task, Resource: 'arn:aws:states:::aws-sdk:dynamodb:createTable' } }),
    "of the state 'A'",
  ],
  [
    machine({
      A: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...machine({ B: pass }),
        },
        End: true,
      },
    }),
    "the Mode 'DISTRIBUTED' in ProcessorConfig of the state 'A'",
  ],
  [
    machine({ A: { Type: 'Map', ItemReader: {}, Iterator: machine({ B: pass }), End: true } }),
    "the field 'ItemReader' (Distributed Map) of the state 'A' (Map)",
  ],
])('says what of %j the local run does not provide', (definition, what) => {
  expect(() => new Fixture().add(definition)).toThrow(`the local run does not provide ${what}`.slice(0, 28));
  expect(() => new Fixture().add(definition)).toThrow(what);
});

it('refuses what is not JSON', () => {
  const { machines, ...fixture } = new Fixture();
  expect(fixture).toBeDefined();
  const add = () =>
    machines.add({
      name: 'M',
      role: { kind: 'role', name: 'r', arn: 'a' },
      definitionText: '{',
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  expect(add).toThrow('invalid state machine definition: it is not JSON');
});
