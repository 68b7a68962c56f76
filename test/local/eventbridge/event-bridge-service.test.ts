import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BusFixture, FUNCTION } from './bus-fixture';
import { EventBridgeService } from '../../../src/local/eventbridge';

let fixture: BusFixture;
let server: Server;
let endpoint: string;
const asked: string[] = [];

beforeAll(async () => {
  fixture = new BusFixture();
  fixture.target({});
  fixture.rule({ Name: 'nightly', ScheduleExpression: 'rate(1 day)', State: 'DISABLED' }, 'Nightly');
  const service = new EventBridgeService(fixture.bus, {
    authorize: (_, action, resource) => asked.push(`${action} ${resource}`),
  });
  const user = { kind: 'user', name: 'local', arn: 'arn:user' } as const;
  server = createServer((request, response) => void service.handle(request, response, user));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function call(operation: string, input: unknown): Promise<any> {
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSEvents.${operation}` },
    body,
  });
  const answer = (await response.json()) as object;
  return { status: response.status, ...answer };
}

const entry = { Source: 'orders', DetailType: 'Loaded', Detail: '{"n":1}' };

describe('PutEvents', () => {
  it('delivers what is right and says of each entry what is wrong', async () => {
    const answer = await call('PutEvents', {
      Entries: [
        { ...entry, Resources: ['r'], Time: 1_600_000_000 },
        { ...entry, Source: undefined },
        { ...entry, Source: 'aws.s3' },
        { ...entry, Detail: '[]' },
        { ...entry, Detail: '{' },
        { ...entry, EventBusName: 'own' },
      ],
    });
    expect(answer).toEqual({
      status: 200,
      FailedEntryCount: 5,
      Entries: [
        { EventId: expect.any(String) },
        {
          ErrorCode: 'InvalidArgument',
          ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
        },
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'Event bus own does not exist.' },
      ],
    });
    await fixture.bus.settled();
    expect(fixture.received[0].input).toMatchObject({
      time: '2020-09-13T12:26:40Z',
      resources: ['r'],
      detail: { n: 1 },
    });
    expect(asked[0]).toBe('events:PutEvents arn:aws:events:us-east-1:000000000000:event-bus/default');
  });

  it.each([
    [{}, 'Member must have length between 1 and 10'],
    [{ Entries: Array(11).fill(entry) }, 'Member must have length between 1 and 10'],
    [
      { Entries: [{ ...entry, Detail: JSON.stringify({ a: 'x'.repeat(262_144) }) }] },
      'Total size of the entries in the request is over the limit.',
    ],
  ])('refuses a request beyond the limits', async (input, message) => {
    const answer = await call('PutEvents', input);
    expect(answer).toMatchObject({
      status: 400,
      __type: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

it('tells of the rules and their targets', async () => {
  const described = {
    Name: 'rule',
    Arn: 'arn:aws:events:us-east-1:000000000000:rule/rule',
    State: 'ENABLED',
    EventPattern: '{"source":["orders"]}',
    EventBusName: 'default',
  };
  expect(await call('DescribeRule', { Name: 'rule' })).toEqual({ status: 200, ...described });
  expect((await call('ListRules', {})).Rules.map(({ Name, State }: any) => [Name, State])).toEqual([
    ['rule', 'ENABLED'],
    ['nightly', 'DISABLED'],
  ]);
  expect((await call('ListRules', { NamePrefix: 'ru' })).Rules).toEqual([described]);
  expect((await call('ListTargetsByRule', { Rule: 'rule' })).Targets).toEqual([
    { Id: 'Target0', Arn: FUNCTION },
  ]);
});

it.each([
  [
    'DescribeRule',
    { Name: 'absent' },
    400,
    'ResourceNotFoundException',
    'Rule absent does not exist on EventBus default.',
  ],
  [
    'PutRule',
    {},
    400,
    'UnknownOperationException',
    'the local run does not provide the operation PutRule of EventBridge',
  ],
  ['PutEvents', '{', 400, 'SerializationException', 'not JSON'],
  ['PutEvents', { Entries: [null] }, 500, 'InternalFailure', 'null'],
])('answers %s of %j with an error', async (operation, input, status, code, message) => {
  expect(await call(operation, input)).toMatchObject({
    status,
    __type: code,
    message: expect.stringContaining(message),
  });
});
