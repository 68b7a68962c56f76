import batchGetItem from 'dynalite/actions/batchGetItem';
import batchWriteItem from 'dynalite/actions/batchWriteItem';
import createTable from 'dynalite/actions/createTable';
import deleteItem from 'dynalite/actions/deleteItem';
import deleteTable from 'dynalite/actions/deleteTable';
import describeTable from 'dynalite/actions/describeTable';
import getItem from 'dynalite/actions/getItem';
import listTables from 'dynalite/actions/listTables';
import listTagsOfResource from 'dynalite/actions/listTagsOfResource';
import putItem from 'dynalite/actions/putItem';
import query from 'dynalite/actions/query';
import scan from 'dynalite/actions/scan';
import tagResource from 'dynalite/actions/tagResource';
import untagResource from 'dynalite/actions/untagResource';
import updateItem from 'dynalite/actions/updateItem';
import updateTable from 'dynalite/actions/updateTable';
import { create, type Store } from 'dynalite/db';
import { checkTypes, checkValidations } from 'dynalite/validations';
import * as batchGetItemRules from 'dynalite/validations/batchGetItem';
import * as batchWriteItemRules from 'dynalite/validations/batchWriteItem';
import * as createTableRules from 'dynalite/validations/createTable';
import * as deleteItemRules from 'dynalite/validations/deleteItem';
import * as deleteTableRules from 'dynalite/validations/deleteTable';
import * as describeTableRules from 'dynalite/validations/describeTable';
import * as getItemRules from 'dynalite/validations/getItem';
import * as listTablesRules from 'dynalite/validations/listTables';
import * as listTagsOfResourceRules from 'dynalite/validations/listTagsOfResource';
import * as putItemRules from 'dynalite/validations/putItem';
import * as queryRules from 'dynalite/validations/query';
import * as scanRules from 'dynalite/validations/scan';
import * as tagResourceRules from 'dynalite/validations/tagResource';
import * as untagResourceRules from 'dynalite/validations/untagResource';
import * as updateItemRules from 'dynalite/validations/updateItem';
import * as updateTableRules from 'dynalite/validations/updateTable';
import { LOCAL_ACCOUNT, LOCAL_REGION, AwsError } from '../services';

interface Action {
  readonly run: typeof putItem;
  readonly rules: { readonly types: object; readonly custom: unknown };
}

/** Every operation of the engine, named statically so that bundling finds it. */
const ACTIONS: Readonly<Record<string, Action>> = {
  BatchGetItem: { run: batchGetItem, rules: batchGetItemRules },
  BatchWriteItem: { run: batchWriteItem, rules: batchWriteItemRules },
  CreateTable: { run: createTable, rules: createTableRules },
  DeleteItem: { run: deleteItem, rules: deleteItemRules },
  DeleteTable: { run: deleteTable, rules: deleteTableRules },
  DescribeTable: { run: describeTable, rules: describeTableRules },
  GetItem: { run: getItem, rules: getItemRules },
  ListTables: { run: listTables, rules: listTablesRules },
  ListTagsOfResource: { run: listTagsOfResource, rules: listTagsOfResourceRules },
  PutItem: { run: putItem, rules: putItemRules },
  Query: { run: query, rules: queryRules },
  Scan: { run: scan, rules: scanRules },
  TagResource: { run: tagResource, rules: tagResourceRules },
  UntagResource: { run: untagResource, rules: untagResourceRules },
  UpdateItem: { run: updateItem, rules: updateItemRules },
  UpdateTable: { run: updateTable, rules: updateTableRules },
};

/** DynamoDB's error as dynalite throws it. */
interface DynaliteError extends Error {
  readonly statusCode?: number;
  readonly body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/** dynalite without its HTTP server: DynamoDB's operations over an in-memory store. */
export class DynaliteEngine {
  private readonly store: Store;

  constructor() {
    this.store = create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    // dynalite takes these from the environment, where a developer's own settings may stand.
    this.store.tableDb.awsAccountId = LOCAL_ACCOUNT;
    this.store.tableDb.awsRegion = LOCAL_REGION;
  }

  /** Whether the engine has the operation, such as `PutItem`. */
  provides(operation: string): boolean {
    return operation in ACTIONS;
  }

  /** @throws AwsError as DynamoDB answers it */
  async call(operation: string, input: object): Promise<Record<string, unknown>> {
    const { run, rules } = ACTIONS[operation];
    try {
      const data = checkTypes(structuredClone(input), rules.types);
      checkValidations(data, rules.types, rules.custom, this.store);
      return await new Promise((resolve, reject) => {
        run(this.store, data, (error, result) => (error ? reject(error) : resolve({ ...result })));
      });
    } catch (error) {
      throw asAwsError(error as DynaliteError);
    }
  }

  async close(): Promise<void> {
    await this.store.db.close();
  }
}

function asAwsError(error: DynaliteError): Error {
  if (!error.statusCode || !error.body) return error;
  const code = error.body.__type.slice(error.body.__type.indexOf('#') + 1);
  return new AwsError(code, error.body.message ?? error.body.Message ?? '', error.statusCode);
}
