import type { DynaliteEngine } from './dynalite-engine';

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What DescribeTable tells and CreateTable takes. */
interface TableDescription {
  readonly TableStatus: string;
  readonly AttributeDefinitions: object[];
  readonly KeySchema: { readonly AttributeName: string }[];
  readonly GlobalSecondaryIndexes?: SecondaryIndex[];
  readonly LocalSecondaryIndexes?: SecondaryIndex[];
}

interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: object[];
  readonly Projection: object;
}

export async function describeTable(engine: DynaliteEngine, table: string): Promise<TableDescription> {
  const { Table } = await engine.call('DescribeTable', { TableName: table });
  return Table as TableDescription;
}

/** Makes a table, and waits until it can be used. */
export async function createTable(engine: DynaliteEngine, input: object): Promise<object> {
  const created = await engine.call('CreateTable', input);
  const { TableName } = input as { TableName: string };
  while ((await describeTable(engine, TableName)).TableStatus !== 'ACTIVE');
  return created;
}

/** Copies every table with its items into an engine that is empty. */
export async function copyTables(from: DynaliteEngine, to: DynaliteEngine): Promise<void> {
  const { TableNames } = (await from.call('ListTables', {})) as { TableNames: string[] };
  for (const TableName of TableNames) {
    const { AttributeDefinitions, KeySchema, ...indexes } = await describeTable(from, TableName);
    await createTable(to, {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema,
      ...definitions('GlobalSecondaryIndexes', indexes.GlobalSecondaryIndexes),
      ...definitions('LocalSecondaryIndexes', indexes.LocalSecondaryIndexes),
    });
    for await (const Item of itemsOf(from, TableName)) await to.call('PutItem', { TableName, Item });
  }
}

/** Deletes the items whose time to live has passed by a moment. An attribute that is no number is none. */
export async function expireItems(
  engine: DynaliteEngine,
  tables: readonly { readonly table: string; readonly attribute: string }[],
  at: Date,
): Promise<void> {
  for (const { table, attribute } of tables) {
    const { KeySchema } = await describeTable(engine, table);
    for await (const item of itemsOf(engine, table)) {
      const expiresAt = item[attribute]?.N;
      if (expiresAt === undefined || Number(expiresAt) * 1000 >= at.getTime()) continue;
      const Key = Object.fromEntries(KeySchema.map(({ AttributeName: name }) => [name, item[name]]));
      await engine.call('DeleteItem', { TableName: table, Key });
    }
  }
}

async function* itemsOf(engine: DynaliteEngine, TableName: string): AsyncGenerator<Item> {
  let ExclusiveStartKey: unknown;
  do {
    const page = await engine.call('Scan', {
      TableName,
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    });
    yield* page.Items as Item[];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** Indexes without what only a description has. */
function definitions(name: string, indexes: SecondaryIndex[] | undefined): object {
  if (!indexes) return {};
  return {
    [name]: indexes.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
  };
}
