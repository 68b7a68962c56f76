import { AwsError, type Principal } from '../services';
import {
  md5OfAttributes,
  md5OfBody,
  newMessage,
  sizeOf,
  type Message,
  type MessageAttributes,
} from './message';
import type { Queue } from './queue';
import type { QueueOperation } from './sqs-service';

type Input = Readonly<Record<string, any>>;

const MAX_BATCH = 10;
const MAX_RECEIVED = 10;
const MAX_WAIT_SECONDS = 20;
const MAX_VISIBILITY_SECONDS = 43_200;

/** Operations on messages. @param toDeadLetters takes each message that has been received too often */
export function messageOperations(
  toDeadLetters: (message: Message, targetArn: string) => void,
): Readonly<Record<string, QueueOperation>> {
  return {
    SendMessage: { action: 'sqs:SendMessage', perform: sendMessage },
    SendMessageBatch: {
      action: 'sqs:SendMessage',
      perform: (queue, input, caller) => batch(input, (entry) => sendMessage(queue, entry, caller)),
    },
    ReceiveMessage: {
      action: 'sqs:ReceiveMessage',
      perform: (queue, input) => receiveMessage(queue, input, toDeadLetters),
    },
    DeleteMessage: { action: 'sqs:DeleteMessage', perform: deleteMessage },
    DeleteMessageBatch: {
      action: 'sqs:DeleteMessage',
      perform: (queue, input) => batch(input, (entry) => deleteMessage(queue, entry)),
    },
    ChangeMessageVisibility: { action: 'sqs:ChangeMessageVisibility', perform: changeVisibility },
    ChangeMessageVisibilityBatch: {
      action: 'sqs:ChangeMessageVisibility',
      perform: (queue, input) => batch(input, (entry) => changeVisibility(queue, entry)),
    },
  };
}

function sendMessage(queue: Queue, input: Input, caller: Principal): object {
  const body = input.MessageBody as string | undefined;
  const attributes = (input.MessageAttributes ?? {}) as MessageAttributes;
  if (!body) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  const limit = queue.settings.maximumMessageBytes;
  if (sizeOf(body, attributes) > limit) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
  const delay = (input.DelaySeconds as number | undefined) ?? queue.settings.delaySeconds;
  const message = newMessage(body, attributes, caller.name, delay);
  queue.add(message);
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5OfBody(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  };
}

async function receiveMessage(
  queue: Queue,
  input: Input,
  toDeadLetters: (message: Message, targetArn: string) => void,
): Promise<object> {
  const { settings } = queue;
  const max = within('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, 1, MAX_RECEIVED);
  const wait = within(
    'WaitTimeSeconds',
    input.WaitTimeSeconds ?? settings.receiveWaitSeconds,
    0,
    MAX_WAIT_SECONDS,
  );
  const visibility = within(
    'VisibilityTimeout',
    input.VisibilityTimeout ?? settings.visibilityTimeoutSeconds,
    0,
    MAX_VISIBILITY_SECONDS,
  );
  const messages = await queue.receive(max, wait, visibility, toDeadLetters);
  const system = (input.MessageSystemAttributeNames ?? input.AttributeNames ?? []) as string[];
  const custom = (input.MessageAttributeNames ?? []) as string[];
  if (messages.length === 0) return {};
  return { Messages: messages.map((message) => received(message, system, custom)) };
}

function received(message: Message, system: readonly string[], custom: readonly string[]): object {
  const all: Record<string, string> = {
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ApproximateReceiveCount: String(message.receiveCount),
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
  };
  const attributes = Object.entries(all).filter(([name]) => system.includes('All') || system.includes(name));
  const chosen = Object.fromEntries(
    Object.entries(message.attributes).filter(([name]) => custom.some((pattern) => names(pattern, name))),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5OfBody(message.body),
    ...(attributes.length > 0 && { Attributes: Object.fromEntries(attributes) }),
    ...(Object.keys(chosen).length > 0 && {
      MessageAttributes: chosen,
      MD5OfMessageAttributes: md5OfAttributes(chosen),
    }),
  };
}

/** `All`, `.*` and `prefix.*` are patterns. */
function names(pattern: string, name: string): boolean {
  if (pattern === 'All' || pattern === name) return true;
  return pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2));
}

function deleteMessage(queue: Queue, input: Input): object {
  queue.delete(receiptHandle(input));
  return {};
}

function changeVisibility(queue: Queue, input: Input): object {
  const seconds = within('VisibilityTimeout', input.VisibilityTimeout, 0, MAX_VISIBILITY_SECONDS);
  if (!queue.changeVisibility(receiptHandle(input), seconds)) {
    throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
  }
  return {};
}

function receiptHandle(input: Input): string {
  if (!input.ReceiptHandle) {
    throw new AwsError('MissingParameter', 'The request must contain the parameter ReceiptHandle.');
  }
  return input.ReceiptHandle as string;
}

function within(name: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || value < min || value > max) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}.`,
    );
  }
  return value;
}

/** Each entry by itself: one that fails does not stop the others. */
function batch(input: Input, perform: (entry: Input) => object): object {
  const entries = (input.Entries ?? []) as Input[];
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There should be at least one entry.');
  if (entries.length > MAX_BATCH) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_BATCH}.`,
    );
  }
  if (new Set(entries.map((entry) => entry.Id as string)).size < entries.length) {
    throw new AwsError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id as string, ...perform(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id as string, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful: successful, Failed: failed };
}
