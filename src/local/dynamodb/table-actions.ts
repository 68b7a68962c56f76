import { LOCAL_ACCOUNT, LOCAL_REGION } from '../services';
import { transactActions } from './transactions';

type Input = Readonly<Record<string, any>>;

/** An IAM action and what it is done to. */
export interface TableAccess {
  readonly action: string;
  readonly resourceArn: string;
}

/** ARN of a table, given by name or ARN, or of one of its indexes. */
export function tableArn(table: string, index?: string): string {
  const arn = table.startsWith('arn:')
    ? table
    : `arn:aws:dynamodb:${LOCAL_REGION}:${LOCAL_ACCOUNT}:table/${table}`;
  return index === undefined ? arn : `${arn}/index/${index}`;
}

/** Name of a table, given by name or ARN. */
export function tableName(table: string): string {
  return table.slice(table.lastIndexOf('/') + 1);
}

/** What IAM is asked before an operation: a transaction is judged by its actions, a batch by its tables. */
export function accessesOf(operation: string, input: Input): TableAccess[] {
  switch (operation) {
    case 'TransactWriteItems':
      return transactActions(input).map((action) => ({
        action: `dynamodb:${action.operation === 'ConditionCheck' ? 'ConditionCheckItem' : action.operation}`,
        resourceArn: tableArn(action.input.TableName as string),
      }));
    case 'TransactGetItems':
      return ((input.TransactItems ?? []) as { Get: Input }[]).map(({ Get }) => ({
        action: 'dynamodb:GetItem',
        resourceArn: tableArn(Get.TableName as string),
      }));
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys((input.RequestItems ?? {}) as object).map((table) => ({
        action: `dynamodb:${operation}`,
        resourceArn: tableArn(table),
      }));
    case 'ListTables':
      return [{ action: 'dynamodb:ListTables', resourceArn: '*' }];
    default:
      return [
        {
          action: `dynamodb:${operation}`,
          resourceArn: tableArn(
            String(input.TableName ?? input.ResourceArn),
            input.IndexName as string | undefined,
          ),
        },
      ];
  }
}
