import { checkTargetInput, targetInput } from '../../../src/local/eventbridge/target-input';

// The example of EventBridge's documentation.
const EVENT = {
  source: 'aws.ec2',
  time: '2015-11-11T21:29:54Z',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111'],
  detail: { 'instance-id': 'i-0123456789', state: 'RUNNING', tags: { a: '"quoted"' }, n: 5 },
};
const ORIGIN = { ruleArn: 'arn:rule', ruleName: 'rule', ingestionTime: '2015-11-11T21:29:54Z' };
const PATHS = {
  instance: '$.detail.instance-id',
  state: '$.detail.state',
  tags: '$.detail.tags',
  n: '$.detail.n',
  none: '$.detail.none',
};
const transform = (InputTemplate: string) =>
  targetInput({ InputTransformer: { InputPathsMap: PATHS, InputTemplate } }, EVENT, ORIGIN);

it('is the event where nothing else is said', () => {
  expect(JSON.parse(targetInput({}, EVENT, ORIGIN))).toEqual(EVENT);
});

it('is a constant or a part of the event', () => {
  expect(targetInput({ Input: '{"a":1}' }, EVENT, ORIGIN)).toBe('{"a":1}');
  expect(targetInput({ InputPath: '$.detail.state' }, EVENT, ORIGIN)).toBe('"RUNNING"');
  expect(targetInput({ InputPath: '$.detail.none' }, EVENT, ORIGIN)).toBe('null');
});

it.each([
  ['"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
  [
    '{"instance": <instance>, "state": "<state>", "n": <n>}',
    '{"instance": "i-0123456789", "state": "RUNNING", "n": 5}',
  ],
  [
    '{"tags": <tags>, "text": "<tags>", "escaped \\" <state>": 1}',
    '{"tags": {"a":"\\"quoted\\""}, "text": "{\\"a\\":\\"\\\\\\"quoted\\\\\\"\\"}", "escaped \\" RUNNING": 1}',
  ],
  ['{"none": <none>, "text": "<none>"}', '{"none": null, "text": ""}'],
  [
    '"<aws.events.rule-name> <aws.events.rule-arn> <aws.events.event.ingestion-time> <other>"',
    '"rule arn:rule 2015-11-11T21:29:54Z <other>"',
  ],
])('fills the template %s', (template, expected) => {
  expect(transform(template)).toBe(expected);
});

it('puts the whole event where the template names it', () => {
  expect(JSON.parse(transform('{"all": <aws.events.event.json>}'))).toEqual({ all: EVENT });
  expect(
    JSON.parse(targetInput({ InputTransformer: { InputTemplate: '<aws.events.event>' } }, EVENT, ORIGIN)),
  ).toEqual(EVENT);
});

it('refuses a path that cannot be read', () => {
  expect(() => checkTargetInput({ InputPath: 'detail' })).toThrow("'detail' lacks '$'");
  expect(() =>
    checkTargetInput({ InputTransformer: { InputPathsMap: { a: '$[' }, InputTemplate: '' } }),
  ).toThrow("'$['");
});
