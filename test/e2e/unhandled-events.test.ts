import { randomUUID } from 'node:crypto';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';
import { until } from './wait';

/** Lambda tries an asynchronous invocation again after one minute and after two more. */
const WITH_RETRIES_MS = 300_000;
const IN_AN_ACCOUNT = Boolean(process.env.ETL_OUTPUTS) && !process.env.AWS_ENDPOINT_URL;

let target: Target;
let orders: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eOrders-dev');
  orders = new Pipeline(target, 'Orders');
});
afterAll(() => target?.stop());

/** Hands a function an event that it cannot handle, and gives the body of its message in the dead-letter queue. */
async function deadLetter(name: string): Promise<{ event: unknown; body: string }> {
  const event = { date: `no day: ${randomUUID()}` };
  await target.lambda.send(
    new InvokeCommand({
      FunctionName: orders.output(`${name}FunctionName`),
      InvocationType: 'Event',
      Payload: JSON.stringify(event),
    }),
  );
  const QueueUrl = orders.output(`${name}QueueUrl`);
  const message = await until(async () => {
    const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, VisibilityTimeout: 1 });
    const { Messages = [] } = await target.queues.send(receive);
    return Messages.find(({ Body }) => Body!.includes(event.date));
  });
  // Else its alarm would go on.
  await target.queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle! }));
  return { event, body: message.Body! };
}

const FUNCTIONS = ['Trigger', 'Finish', 'QualityCheck'];
let letters: { event: unknown; body: string }[];

it(
  'keeps every event that a function could not handle',
  async () => {
    letters = await Promise.all(FUNCTIONS.map(deadLetter));
    expect(letters).toHaveLength(FUNCTIONS.length);
  },
  IN_AN_ACCOUNT ? WITH_RETRIES_MS : undefined,
);

it('keeps these events as they came, so that they can be sent again', () => {
  expect(letters.map(({ body }) => JSON.parse(body))).toEqual(letters.map(({ event }) => event));
});
