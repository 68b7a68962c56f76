import { createHash, randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../json/json-value';
import { StateError } from '../state-error';
import { asStateError, requireText, sdkResponse } from './service-response';
import type { TaskFamily } from './task-resources';

/** `sqs:sendMessage`: a queue by its URL, the body a text or any JSON. */
export const sqsResource: TaskFamily = (name, services) => {
  if (name !== 'sqs:sendMessage') return undefined;
  return {
    resourceType: 'sqs',
    resource: 'sendMessage',
    parameters: ['QueueUrl', 'MessageBody', 'MessageAttributes'],
    call: async (parameters, scope) => {
      const input = parameters as JsonObject;
      const body =
        typeof input.MessageBody === 'string' ? input.MessageBody : JSON.stringify(input.MessageBody);
      const queueArn = queueArnOf(requireText(parameters, 'QueueUrl'));
      await asStateError(
        'AmazonSQS',
        (code) =>
          code === 'QueueDoesNotExist' ? 'SQS.QueueDoesNotExistException' : 'SQS.AmazonSQSException',
        async () => services.queues.send(queueArn, body, attributesOf(input.MessageAttributes), scope.role),
      );
      return sdkResponse({
        MD5OfMessageBody: createHash('md5').update(body).digest('hex'),
        MessageId: randomUUID(),
      });
    },
  };
};

/** A queue's URL ends in its account and name, wherever its host is. */
function queueArnOf(queueUrl: string): string {
  const found = /\/(\d{12})\/([\w-]+(\.fifo)?)$/.exec(queueUrl);
  if (!found) {
    throw new StateError('SQS.AmazonSQSException', `The address ${queueUrl} is not valid for this endpoint.`);
  }
  return `arn:aws:sqs:us-east-1:${found[1]}:${found[2]}`;
}

export function attributesOf(attributes: Json | undefined): Record<string, string> {
  const entries = Object.entries((attributes ?? {}) as { [name: string]: JsonObject });
  return Object.fromEntries(entries.map(([name, { StringValue: value }]) => [name, String(value)]));
}
