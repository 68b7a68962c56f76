import type { IncomingMessage, ServerResponse } from 'node:http';
import { newCrc32 } from '../crc';
import { readJson, sendJsonError } from '../json-protocol';
import {
  AwsError,
  type Authorizer,
  type FaultSource,
  type HttpService,
  type Principal,
  type TableCaller,
} from '../services';
import { DynaliteEngine } from './dynalite-engine';
import { bytesOf, MAX_ITEM_BYTES } from './item-size';
import { SerialQueue } from './serial-queue';
import { accessesOf, tableName } from './table-actions';
import { copyTables, createTable, describeTable, expireItems } from './table-contents';
import { TableSettings } from './table-settings';
import { transactGet, transactWrite } from './transactions';

type Input = Readonly<Record<string, any>>;
type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

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
  /** The tables as global indexes show them while they lag. */
  private frozen: DynaliteEngine | undefined;

  constructor(
    private readonly authorizer: Authorizer,
    private readonly faults: FaultSource,
  ) {}

  /** Makes a table, given as the API's CreateTable takes it, and waits until it can be used. */
  async createTable(input: object): Promise<void> {
    await this.queue.run(() => createTable(this.engine, input));
  }

  /** Does an operation for a principal who has been authenticated. @throws AwsError */
  async call(operation: string, input: object, principal: Principal): Promise<Record<string, unknown>> {
    if (!this.provides(operation)) {
      throw new AwsError('UnknownOperationException', `the local run does not provide dynamodb:${operation}`);
    }
    this.authorize(operation, input, principal);
    const named = byName(input);
    const call = { service: 'dynamodb', operation, on: String(named.TableName) } as const;
    return this.faults.around(call, () =>
      this.queue.run(async () => ({ ...(await this.perform(operation, named)) })),
    );
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

  /** From now on reads of global indexes show the tables as they are at this moment. */
  async freezeIndexes(): Promise<void> {
    await this.queue.run(async () => {
      const frozen = new DynaliteEngine();
      await copyTables(this.engine, frozen);
      await this.frozen?.close();
      this.frozen = frozen;
    });
  }

  /** Reads of global indexes show every write again. */
  async thawIndexes(): Promise<void> {
    await this.queue.run(async () => {
      await this.frozen?.close();
      this.frozen = undefined;
    });
  }

  /** Deletes what has expired by a moment, which AWS does within some days of it and this run never does by itself. */
  async expire(at: Date): Promise<void> {
    await this.queue.run(() => expireItems(this.engine, this.settings.expiring(), at));
  }

  /** Frees the engine; later calls fail. */
  async stop(): Promise<void> {
    await this.thawIndexes();
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
        return createTable(this.engine, input);
      case 'DeleteTable':
        this.settings.forget(input.TableName as string);
        return this.engine.call(operation, input);
      default:
        return CONDITIONAL.includes(operation)
          ? this.write(operation, input)
          : (await this.engineFor(input)).call(operation, input);
    }
  }

  /** Global indexes may lag; tables and local indexes never do. */
  private async engineFor({ TableName, IndexName }: Input): Promise<DynaliteEngine> {
    if (!this.frozen || IndexName === undefined) return this.engine;
    const { GlobalSecondaryIndexes = [] } = await describeTable(this.engine, TableName as string);
    const isGlobal = GlobalSecondaryIndexes.some((index) => index.IndexName === IndexName);
    return isGlobal ? this.frozen : this.engine;
  }

  private async write(operation: string, input: Input): Promise<object> {
    const { ReturnValuesOnConditionCheckFailure: returned, ...rest } = input;
    // Of a key that is none the engine says so below.
    const before = operation === 'UpdateItem' ? await this.itemOf(input).catch(() => undefined) : undefined;
    if (operation === 'PutItem' && tooLarge(input.Item)) {
      throw new AwsError('ValidationException', 'Item size has exceeded the maximum allowed size');
    }
    try {
      const answer = await this.engine.call(operation, rest);
      if (operation === 'UpdateItem') await this.refuseTooLarge(input, before);
      return answer;
    } catch (error) {
      const failed = error instanceof AwsError && error.code === 'ConditionalCheckFailedException';
      if (!failed || returned !== 'ALL_OLD') throw error;
      const item = await this.itemOf(input);
      throw new AwsError(error.code, error.message, error.statusCode, item ? { Item: item } : {});
    }
  }

  /** What an update makes of an item is known afterwards: one that has grown too large is put back as it was. */
  private async refuseTooLarge({ TableName, Key }: Input, before: Item | undefined): Promise<void> {
    const after = await this.itemOf({ TableName, Key });
    if (!tooLarge(after)) return;
    if (before) await this.engine.call('PutItem', { TableName, Item: before });
    else await this.engine.call('DeleteItem', { TableName, Key });
    throw new AwsError('ValidationException', 'Item size to update has exceeded the maximum allowed size');
  }

  private async itemOf(input: Input): Promise<Item | undefined> {
    const { KeySchema } = await describeTable(this.engine, input.TableName as string);
    const source = (input.Key ?? input.Item) as Input;
    const key = Object.fromEntries(
      KeySchema.map(({ AttributeName }) => [AttributeName, source[AttributeName]]),
    );
    const found = await this.engine.call('GetItem', {
      TableName: input.TableName,
      Key: key,
      ConsistentRead: true,
    });
    return found.Item as Item | undefined;
  }
}

/** What is no item is refused by the engine. */
function tooLarge(item: Item | undefined): boolean {
  return item !== undefined && bytesOf(item) > MAX_ITEM_BYTES;
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
