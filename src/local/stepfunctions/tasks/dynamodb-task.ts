import { asStateError, sdkResponse } from './service-response';
import type { TaskFamily } from './task-resources';
import type { JsonObject } from '../../json/json-value';

/** Operations with an integration of their own. */
const OPTIMISED = ['getItem', 'putItem', 'updateItem', 'deleteItem'];
/** Operations that are called through the SDK integration. */
const SDK = [
  ...OPTIMISED,
  'query',
  'scan',
  'batchGetItem',
  'batchWriteItem',
  'transactGetItems',
  'transactWriteItems',
];

/** Errors that the API's model has for items. An SDK knows any other only as an error of the service. */
const MODELLED = [
  'ConditionalCheckFailedException',
  'InternalServerError',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ResourceNotFoundException',
  'TransactionConflictException',
];
const TRANSACTION = [
  'IdempotentParameterMismatchException',
  'TransactionCanceledException',
  'TransactionInProgressException',
];

/** `dynamodb:updateItem` and its like, and `aws-sdk:dynamodb:*`, whose errors are called otherwise. */
export const dynamoDbResource: TaskFamily = (name, services) => {
  const isSdk = name.startsWith('aws-sdk:dynamodb:');
  const operation = name.slice(name.lastIndexOf(':') + 1);
  if (!isSdk && name !== `dynamodb:${operation}`) return undefined;
  if (!(isSdk ? SDK : OPTIMISED).includes(operation)) return undefined;
  const apiName = operation.charAt(0).toUpperCase() + operation.slice(1);
  return {
    resourceType: isSdk ? 'aws-sdk:dynamodb' : 'dynamodb',
    resource: operation,
    parameters: 'any',
    call: async (parameters, scope) => {
      const answer = await asStateError('AmazonDynamoDBv2', isSdk ? sdkErrorName : errorName, async () =>
        services.tables.call(apiName, parameters as JsonObject, scope.role),
      );
      return isSdk ? (answer as JsonObject) : sdkResponse(answer);
    },
  };
};

function errorName(code: string): string {
  return MODELLED.includes(code) ? `DynamoDB.${code}` : 'DynamoDB.AmazonDynamoDBException';
}

/** The second SDK's classes all end in Exception. */
function sdkErrorName(code: string): string {
  if (![...MODELLED, ...TRANSACTION].includes(code)) return 'DynamoDb.DynamoDbException';
  return `DynamoDb.${code.replace(/(Exception)?$/, 'Exception')}`;
}
