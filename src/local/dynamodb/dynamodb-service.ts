import type { IncomingMessage, ServerResponse } from 'node:http';
import { newCrc32 } from '../crc';
import { readJson, sendJsonError } from '../json-protocol';
import { AwsError, type Authorizer, type HttpService, type Principal, type TableCaller } from '../services';
import { DynaliteEngine } from './dynalite-engine';
import { SerialQueue } from './serial-queue';
import { accessesOf, tableName } from './table-actions';
import { TableSettings } from './table-settings';
import { transactGet, transactWrite } from './transactions';

type Input = Readonly<Record<string, any>>;

/** Conditional writes, whose refusal can carry the item that they found. */
const CONDITIONAL = ['PutItem', 'UpdateItem', 'DeleteItem'];

/**
 * DynamoDB on the laptop: dynalite as the engine, and around it what it lacks. One operation runs at a time, which makes
 * transactions, and the item told with a failed condition, exact.
 */
export class DynamoDbService implements HttpService, TableCaller {
  private readonly engine = new DynaliteEngine();
  private readonly queue = new SerialQueue();
  private readonly settings = new TableSettings();

  constructor(private readonly authorizer: Authorizer) {}

  /** Makes a table, given as the API's CreateTable takes it, and waits until it can be used. */
  async createTable(input: object): Promise<void> {
    await this.queue.run(() => this.createUsable(input as Input));
  }

  /** Does an operation for a principal who has been authenticated. @throws AwsError */
  async call(operation: string, input: object, principal: Principal): Promise<Record<string, unknown>> {
    if (!this.provides(operation)) {
      throw new AwsError('UnknownOperationException', `the local run does not provide dynamodb:${operation}`);
    }
    this.authorize(operation, input, principal);
    return this.queue.run(async () => ({ ...(await this.perform(operation, byName(input))) }));
  }

  async handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    try {
      const result = JSON.stringify(await this.call(operation, await readJson(request), principal));
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.setHeader('x-amz-crc32', crc32(result));
      response.end(result);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      sendJsonError(response, error);
    }
  }

  /** Frees the engine; later calls fail. */
  async stop(): Promise<void> {
    await this.queue.run(() => this.engine.close());
  }

  private authorize(operation: string, input: Input, principal: Principal): void {
    for (const { action, resourceArn } of accessesOf(operation, input)) {
      this.authorizer.authorize(principal, action, resourceArn);
    }
  }

  private provides(operation: string): boolean {
    return (
      this.engine.provides(operation) ||
      operation in this.settings.operations ||
      operation === 'TransactWriteItems' ||
      operation === 'TransactGetItems'
    );
  }

  private async perform(operation: string, input: Input): Promise<object> {
    if (operation in this.settings.operations) {
      await this.engine.call('DescribeTable', { TableName: input.TableName });
      return this.settings.operations[operation](input.TableName as string, input);
    }
    switch (operation) {
      case 'TransactWriteItems':
        return transactWrite(this.engine, input);
      case 'TransactGetItems':
        return transactGet(this.engine, input);
      case 'CreateTable':
        return this.createUsable(input);
      case 'DeleteTable':
        this.settings.forget(input.TableName as string);
        return this.engine.call(operation, input);
      default:
        return CONDITIONAL.includes(operation)
          ? this.write(operation, input)
          : this.engine.call(operation, input);
    }
  }

  private async createUsable(input: Input): Promise<object> {
    const created = await this.engine.call('CreateTable', input);
    for (;;) {
      const { Table } = (await this.engine.call('DescribeTable', { TableName: input.TableName })) as {
        Table: { TableStatus: string };
      };
      if (Table.TableStatus === 'ACTIVE') return created;
    }
  }

  private async write(operation: string, input: Input): Promise<object> {
    const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = input;
    try {
      return await this.engine.call(operation, rest);
    } catch (error) {
      const failed = error instanceof AwsError && error.code === 'ConditionalCheckFailedException';
      if (!failed || returned !== 'ALL_OLD') throw error;
      const item = await this.itemOf(input);
      throw new AwsError(error.code, error.message, error.statusCode, item ? { Item: item } : {});
    }
  }

  private async itemOf(input: Input): Promise<unknown> {
    const { Table } = (await this.engine.call('DescribeTable', { TableName: input.TableName })) as {
      Table: { KeySchema: { AttributeName: string }[] };
    };
    const source = (input.Key ?? input.Item) as Input;
    const key = Object.fromEntries(
      Table.KeySchema.map(({ AttributeName }) => [AttributeName, source[AttributeName]]),
    );
    const found = await this.engine.call('GetItem', {
      TableName: input.TableName,
      Key: key,
      ConsistentRead: true,
    });
    return found.Item;
  }
}

/** Tables may be given by ARN; the engine knows names. */
function byName(input: Input): Input {
  return typeof input.TableName === 'string' ? { ...input, TableName: tableName(input.TableName) } : input;
}

/** Clients compare it with the body. */
function crc32(text: string): number {
  const crc = newCrc32();
  crc.update(Buffer.from(text));
  return crc.digest().readUInt32BE();
}
