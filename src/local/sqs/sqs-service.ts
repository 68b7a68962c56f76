import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Statement } from '../iam/policy';
import { readJson, sendJsonError } from '../json-protocol';
import {
  AwsError,
  LOCAL_ACCOUNT,
  type Authorizer,
  type HttpService,
  type Principal,
  type QueueSender,
} from '../services';
import { newMessage } from './message';
import { messageOperations } from './message-operations';
import { Queue } from './queue';
import { DEFAULT_SETTINGS, withAttributes } from './queue-attributes';
import { queueOperations } from './queue-operations';

type Input = Readonly<Record<string, any>>;

/** An operation: its IAM action and what it does, to a queue or to the service. */
export interface QueueOperation {
  readonly action: string;
  readonly perform: (queue: Queue, input: Input, caller: Principal) => object | Promise<object>;
}

export interface SqsServiceProps {
  /** Where the gateway listens: clients follow the host of a queue's URL. */
  readonly endpoint: string;
  readonly authorizer: Authorizer;
}

/** SQS's error codes before it spoke JSON, which clients prefer where they are given. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
};

/** SQS on the laptop: standard queues in memory. */
export class SqsService implements HttpService, QueueSender {
  private readonly queues = new Map<string, Queue>();
  private readonly operations: Readonly<Record<string, QueueOperation>>;

  constructor(private readonly props: SqsServiceProps) {
    this.operations = {
      ...queueOperations,
      ...messageOperations((message, targetArn) => this.queueByArn(targetArn).add(message)),
    };
  }

  /** Makes a queue, with attributes as the API's CreateQueue takes them. */
  createQueue(name: string, attributes: Readonly<Record<string, string>> = {}): Queue {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
      throw new AwsError(
        'InvalidParameterValue',
        `the local run provides standard queues only, named with 1 to 80 letters, digits, '-' and '_': got '${name}'`,
      );
    }
    if (this.queues.has(name)) {
      throw new AwsError('QueueNameExists', `a queue named '${name}' exists already`);
    }
    const queue = new Queue(name, withAttributes(DEFAULT_SETTINGS, attributes));
    this.queues.set(name, queue);
    return queue;
  }

  /** @throws AwsError QueueDoesNotExist */
  queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  /** Statements of the policy of the queue of that ARN; none where there is no such queue. */
  policyOf(arn: string): readonly Statement[] {
    return this.queues.get(arn.split(':').at(-1)!)?.settings.policy ?? [];
  }

  queueUrl(name: string): string {
    return `${this.props.endpoint}/${LOCAL_ACCOUNT}/${name}`;
  }

  async send(
    queueArn: string,
    body: string,
    attributes: Readonly<Record<string, string>>,
    principal: Principal,
  ): Promise<void> {
    this.authorize(principal, 'sqs:SendMessage', queueArn);
    const typed = Object.entries(attributes).map(([name, StringValue]) => [
      name,
      { DataType: 'String', StringValue },
    ]);
    const queue = this.queueByArn(queueArn);
    queue.add(newMessage(body, Object.fromEntries(typed), principal.name, queue.settings.delaySeconds));
  }

  async handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    try {
      const target = request.headers['x-amz-target'];
      if (typeof target !== 'string') {
        throw new AwsError(
          'UnsupportedOperation',
          'the local run speaks the JSON protocol of SQS, not the query protocol',
        );
      }
      const result = await this.call(target.split('.')[1], await readJson(request), principal);
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.setHeader('x-amzn-RequestId', randomUUID());
      response.end(JSON.stringify(result));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      response.setHeader('x-amzn-query-error', `${QUERY_CODES[error.code] ?? error.code};Sender`);
      sendJsonError(response, error);
    }
  }

  /** Lets everybody go who waits for messages. */
  stop(): void {
    for (const queue of this.queues.values()) queue.stop();
  }

  private async call(operation: string, input: Input, principal: Principal): Promise<object> {
    switch (operation) {
      case 'ListQueues': {
        this.authorize(principal, 'sqs:ListQueues', '*');
        const prefix = (input.QueueNamePrefix as string | undefined) ?? '';
        const names = [...this.queues.keys()].filter((name) => name.startsWith(prefix));
        return { QueueUrls: names.map((name) => this.queueUrl(name)) };
      }
      case 'GetQueueUrl': {
        const { name, arn } = this.queue(input.QueueName as string);
        this.authorize(principal, 'sqs:GetQueueUrl', arn);
        return { QueueUrl: this.queueUrl(name) };
      }
    }
    const known = this.operations[operation];
    if (!known) {
      throw new AwsError('UnsupportedOperation', `the local run does not provide sqs:${operation}`);
    }
    const queue = this.queue(String(input.QueueUrl).split('/').at(-1)!);
    this.authorize(principal, known.action, queue.arn);
    return known.perform(queue, input, principal);
  }

  private queueByArn(arn: string): Queue {
    return this.queue(arn.split(':').at(-1)!);
  }

  private authorize(principal: Principal, action: string, arn: string): void {
    this.props.authorizer.authorize(principal, action, arn);
  }
}
