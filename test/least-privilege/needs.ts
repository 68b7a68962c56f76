import type { CallName } from './calls';

/** A right, the call of a pipeline that needs it, and what becomes of the call without it. */
export type Need = readonly [holder: string, action: string, on: string, call: CallName, becomes: string];

const TRIGGER = 'Trigger/Handler/Role';
const VALIDATE = 'StateMachine/Validate/Role';
const TRANSFORM = 'StateMachine/Transform/Role';
const ENRICH = 'StateMachine/Enrich/Role';
const FINISH = 'StateMachine/Finish/Role';
const WORKFLOW = 'StateMachine/Workflow/Role';
const API = 'Api/Handler/Role';
const QUALITY_CHECK = 'Observability/QualityCheck/Role';

/** Roles of functions, by the functions' names in outputs. */
export const FUNCTION_ROLES = {
  Trigger: TRIGGER,
  Validate: VALIDATE,
  Transform: TRANSFORM,
  Enrich: ENRICH,
  Finish: FINISH,
  Api: API,
  QualityCheck: QUALITY_CHECK,
} as const;

const INVOKE = 'lambda:InvokeFunction';

/** Every right of a pipeline that the local run can judge. A right that is not here is one that nobody needs. */
export const NEEDS: readonly Need[] = [
  ['s3.amazonaws.com', INVOKE, 'Trigger/Handler/Function', 'file', 'lost: nothing is started'],
  [TRIGGER, 'dynamodb:PutItem', 'table', 'file', 'dead letter of Trigger'],
  [TRIGGER, 'dynamodb:GetItem', 'table', 'event delivered twice', 'AggregateError'],
  [TRIGGER, 'states:StartExecution', 'state machine', 'file', 'dead letter of Trigger'],
  [
    TRIGGER,
    'sqs:SendMessage',
    'Trigger/HandlerDeadLetterQueue',
    'event that cannot be taken in',
    'lost: DeadLetterErrors',
  ],

  [WORKFLOW, 'dynamodb:UpdateItem', 'table', 'file', 'FAILED in validate: DynamoDB.AmazonDynamoDBException'],
  [
    WORKFLOW,
    INVOKE,
    'StateMachine/Validate/Function',
    'file',
    'FAILED in validate: Lambda.AWSLambdaException',
  ],
  [
    WORKFLOW,
    INVOKE,
    'StateMachine/Transform/Function',
    'file',
    'FAILED in transform: Lambda.AWSLambdaException',
  ],
  [WORKFLOW, INVOKE, 'StateMachine/Enrich/Function', 'file', 'FAILED in enrich: Lambda.AWSLambdaException'],
  [WORKFLOW, INVOKE, 'StateMachine/Finish/Function', 'file', 'FAILED in enrich: Lambda.AWSLambdaException'],

  [VALIDATE, 's3:GetObject', 'assets/*.json', 'file', 'FAILED in validate: AccessDenied'],
  [VALIDATE, 's3:GetObjectVersion', 'bucket/raw/*', 'file', 'FAILED in validate: AccessDenied'],
  [VALIDATE, 's3:PutObject', 'bucket/staging/*/validate/*', 'file', 'FAILED in validate: AccessDenied'],
  [
    VALIDATE,
    's3:AbortMultipartUpload',
    'bucket/staging/*/validate/*',
    'large file that breaks off',
    'FAILED in validate: unclosed-quote, and an unfinished upload is left',
  ],
  [VALIDATE, 's3:ListBucket', 'bucket', 'source that was deleted', 'FAILED in validate: AccessDenied'],

  [TRANSFORM, 's3:GetObject', 'assets/*.json', 'file', 'FAILED in transform: AccessDenied'],
  [TRANSFORM, 's3:GetObject', 'bucket/staging/*', 'file', 'FAILED in transform: AccessDenied'],
  [TRANSFORM, 's3:PutObject', 'bucket/staging/*/transform/*', 'file', 'FAILED in transform: AccessDenied'],
  [
    TRANSFORM,
    's3:AbortMultipartUpload',
    'bucket/staging/*/transform/*',
    'Transform of data that breaks off',
    'step-contract-violation, and an unfinished upload is left',
  ],
  [
    TRANSFORM,
    'secretsmanager:GetSecretValue',
    'EtlE2ePrivacy-dev/Key',
    'file with personal data',
    'FAILED in transform: AccessDenied',
  ],
  [
    TRANSFORM,
    'secretsmanager:GetSecretValue',
    'EtlE2ePrivacy-dev/Members',
    'file with personal data',
    'FAILED in transform: AccessDenied',
  ],
  [TRANSFORM, 's3:ListBucket', 'bucket', 'Transform of data that was deleted', 'AccessDenied'],

  [ENRICH, 's3:GetObject', 'assets/*.json', 'file', 'FAILED in enrich: AccessDenied'],
  [ENRICH, 's3:GetObject', 'assets/*.csv', 'file', 'FAILED in enrich: AccessDenied'],
  [ENRICH, 's3:GetObject', 'bucket/staging/*', 'file', 'FAILED in enrich: AccessDenied'],
  [ENRICH, 's3:GetObject', 'bucket/reference/categories.csv', 'file', 'FAILED in enrich: AccessDenied'],
  [
    ENRICH,
    's3:GetObjectVersion',
    'bucket/reference/categories.csv',
    'file',
    'FAILED in enrich: AccessDenied',
  ],
  [ENRICH, 's3:PutObject', 'bucket/staging/*/enrich/*', 'file', 'FAILED in enrich: AccessDenied'],
  [
    ENRICH,
    's3:AbortMultipartUpload',
    'bucket/staging/*/enrich/*',
    'Enrich of data that breaks off',
    'step-contract-violation, and an unfinished upload is left',
  ],
  [ENRICH, 's3:ListBucket', 'bucket', 'Enrich of data that was deleted', 'AccessDenied'],

  [FINISH, 's3:GetObject', 'assets/*.json', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 's3:GetObject', 'bucket/raw/*', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 's3:GetObject', 'bucket/staging/*', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 's3:GetObject', 'bucket/processed/*', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 's3:GetObjectVersion', 'bucket/raw/*', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 's3:PutObject', 'bucket/staging/*/finish/*', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 's3:PutObject', 'bucket/processed/*', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 's3:PutObject', 'bucket/failed/*', 'file', 'FAILED in finish: AccessDenied'],
  [
    FINISH,
    's3:AbortMultipartUpload',
    'bucket/staging/*/finish/*',
    'Finish of data that is miscounted',
    'conservation-violated, and an unfinished upload is left',
  ],
  [
    FINISH,
    's3:DeleteObject',
    'bucket/failed/*',
    'job that ends while it is published',
    'rejects are left under failed/',
  ],
  [FINISH, 's3:ListBucket', 'bucket', 'file', 'FAILED in finish: AccessDenied'],
  [FINISH, 'dynamodb:GetItem', 'table', 'file', 'dead letter of Finish'],
  [FINISH, 'dynamodb:UpdateItem', 'table', 'file', 'dead letter of Finish'],
  [
    FINISH,
    'sqs:SendMessage',
    'StateMachine/FinishDeadLetterQueue',
    'end that cannot be recorded',
    'lost: DeadLetterErrors',
  ],
  [
    'events.amazonaws.com',
    INVOKE,
    'StateMachine/Finish/Function',
    'execution that is stopped',
    'dead letter of Finish',
  ],
  [
    'events.amazonaws.com',
    'sqs:SendMessage',
    'StateMachine/FinishDeadLetterQueue',
    'end that nobody takes',
    'lost: no dead letter',
  ],

  ['apigateway.amazonaws.com', INVOKE, 'Api/Handler/Function for GET/status/*', 'GET /status', 'answer 500'],
  [
    'apigateway.amazonaws.com',
    INVOKE,
    'Api/Handler/Function for POST/trigger',
    'POST /trigger',
    'answer 500',
  ],
  [API, 'dynamodb:Query', 'table', 'GET /status', 'answer 500'],
  [API, 'dynamodb:GetItem', 'table', 'POST /trigger', 'answer 500'],
  [API, 'dynamodb:PutItem', 'table', 'POST /trigger', 'answer 500'],
  [API, 'dynamodb:UpdateItem', 'table', 'POST /trigger', 'answer 500'],
  [API, 's3:GetObject', 'bucket/raw/*', 'POST /trigger', 'answer 500'],
  [API, 's3:GetObjectVersion', 'bucket/raw/*', 'POST /trigger of a version', 'answer 500'],
  [API, 's3:ListBucket', 'bucket', 'POST /trigger of what is not there', 'answer 500'],
  [API, 'states:StartExecution', 'state machine', 'POST /trigger', 'answer 500'],

  [
    'events.amazonaws.com',
    INVOKE,
    'Observability/QualityCheck/Function',
    'daily check',
    'dead letter of QualityCheck',
  ],
  [
    'events.amazonaws.com',
    'sqs:SendMessage',
    'Observability/QualityCheckDeadLetterQueue',
    'check that nobody makes',
    'lost: no dead letter',
  ],
  [QUALITY_CHECK, 'dynamodb:Query', 'table/index/status-timestamp', 'check', 'AccessDeniedException'],
  [QUALITY_CHECK, 's3:GetObject', 'bucket/processed/*', 'check', 'AccessDenied'],
  [QUALITY_CHECK, 's3:GetObject', 'bucket/failed/*', 'check', 'AccessDenied'],
  [QUALITY_CHECK, 's3:PutObject', 'bucket/reports/*', 'check', 'AccessDenied'],
  [QUALITY_CHECK, 's3:ListBucket', 'bucket', 'check for an output that was deleted', 'AccessDenied'],
  [
    QUALITY_CHECK,
    'sqs:SendMessage',
    'Observability/QualityCheckDeadLetterQueue',
    'daily check that fails',
    'lost: DeadLetterErrors',
  ],

  [
    'events.amazonaws.com',
    INVOKE,
    'Trigger/Handler/Function',
    'file in a foreign bucket',
    'dead letter of Trigger',
  ],
  [
    'events.amazonaws.com',
    'sqs:SendMessage',
    'Trigger/HandlerDeadLetterQueue',
    'foreign event that nobody takes',
    'lost: no dead letter',
  ],
];
