import { AwsError } from '../services';
import type { DynaliteEngine } from './dynalite-engine';

type Item = Readonly<Record<string, unknown>>;
type Input = Readonly<Record<string, any>>;

/** An action of a transaction as an operation of its own. */
export interface TransactAction {
  readonly operation: 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheck';
  readonly input: Input;
}

const OPERATIONS = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheck',
} as const;

/** AWS's limit. */
const MAX_ACTIONS = 100;

/** The actions of a TransactWriteItems request. @throws AwsError ValidationException */
export function transactActions(input: Input): TransactAction[] {
  const items = input.TransactItems as Input[] | undefined;
  if (!items || items.length === 0 || items.length > MAX_ACTIONS) {
    throw new AwsError('ValidationException', `TransactItems must have from 1 to ${MAX_ACTIONS} actions`);
  }
  return items.map((item) => {
    const [kind, ...more] = Object.keys(item);
    if (!(kind in OPERATIONS) || more.length > 0) {
      throw new AwsError(
        'ValidationException',
        'TransactItems can only contain one of Check, Put, Update or Delete',
      );
    }
    return { operation: OPERATIONS[kind as keyof typeof OPERATIONS], input: item[kind] as Input };
  });
}

/**
 * Does all of the actions or none. Nothing else may run on the engine meanwhile.
 *
 * @throws AwsError TransactionCanceledException with a reason for each action
 */
export async function transactWrite(engine: DynaliteEngine, input: Input): Promise<object> {
  const actions = transactActions(input);
  const undo: (() => Promise<unknown>)[] = [];
  const reasons: Item[] = actions.map(() => ({ Code: 'None' }));
  for (const [index, action] of actions.entries()) {
    try {
      const before = await itemBefore(engine, action);
      await perform(engine, action);
      if (action.operation === 'ConditionCheck') await restore(engine, action, before);
      else undo.unshift(() => restore(engine, action, before));
    } catch (error) {
      for (const step of undo) await step();
      if (!(error instanceof AwsError)) throw error;
      const failed = error.code === 'ConditionalCheckFailedException';
      reasons[index] = {
        Code: failed ? 'ConditionalCheckFailed' : 'ValidationError',
        Message: error.message,
      };
      throw new AwsError(
        'TransactionCanceledException',
        `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons
          .map((reason) => reason.Code)
          .join(', ')}]`,
        400,
        { CancellationReasons: reasons },
      );
    }
  }
  return {};
}

/** TransactGetItems: as nothing runs in between, plain reads are one view. */
export async function transactGet(engine: DynaliteEngine, input: Input): Promise<object> {
  const responses: object[] = [];
  for (const { Get } of input.TransactItems as { Get: Input }[]) {
    responses.push(await engine.call('GetItem', { ...Get, ConsistentRead: true }));
  }
  return { Responses: responses };
}

/** Key of the item that an action is about. */
async function keyOf(engine: DynaliteEngine, { operation, input }: TransactAction): Promise<Item> {
  if (operation !== 'PutItem') return input.Key as Item;
  const { Table } = (await engine.call('DescribeTable', { TableName: input.TableName })) as {
    Table: { KeySchema: { AttributeName: string }[] };
  };
  const item = input.Item as Item;
  const names = Table.KeySchema.map(({ AttributeName }) => AttributeName).filter((name) => name in item);
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

async function itemBefore(engine: DynaliteEngine, action: TransactAction): Promise<Item | undefined> {
  const { TableName } = action.input as { TableName: string };
  const { Item } = await engine.call('GetItem', {
    TableName,
    Key: await keyOf(engine, action),
    ConsistentRead: true,
  });
  return Item as Item | undefined;
}

/** A condition by itself is what a delete checks; the caller puts the item back. */
async function perform(engine: DynaliteEngine, { operation, input }: TransactAction): Promise<void> {
  const { ReturnValuesOnConditionCheckFailure: _, ...rest } = input;
  await engine.call(operation === 'ConditionCheck' ? 'DeleteItem' : operation, rest);
}

async function restore(
  engine: DynaliteEngine,
  action: TransactAction,
  before: Item | undefined,
): Promise<void> {
  const { TableName } = action.input as { TableName: string };
  if (before) await engine.call('PutItem', { TableName, Item: before });
  else await engine.call('DeleteItem', { TableName, Key: await keyOf(engine, action) });
}
