import { Pipeline } from './pipeline';
import { itLocal, startTarget, DEPLOYED, type Target } from './target';

const PATH = 'EtlE2eOrders-dev/Orders';

/** Roles by what they are for. */
const ROLES = {
  trigger: `${PATH}/Trigger/Handler/Role`,
  validate: `${PATH}/StateMachine/Validate/Role`,
  transform: `${PATH}/StateMachine/Transform/Role`,
  enrich: `${PATH}/StateMachine/Enrich/Role`,
  finish: `${PATH}/StateMachine/Finish/Role`,
  workflow: `${PATH}/StateMachine/Workflow/Role`,
  api: `${PATH}/Api/Handler/Role`,
  'quality check': `${PATH}/Observability/QualityCheck/Role`,
} as const;

type Role = keyof typeof ROLES;

let target: Target;
let orders: Pipeline;
let bare: Pipeline;

beforeAll(async () => {
  if (DEPLOYED) return;
  target = await startTarget('EtlE2eOrders-dev');
  orders = new Pipeline(target, 'Orders');
  bare = new Pipeline(target, 'Bare');
});
afterAll(() => target?.stop());

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:000000000000:${resource}`;

/** Resources by short names: `raw/a.csv` is an object of the pipeline's own bucket. */
function resourceOf(name: string): string {
  const [owner, rest] = name.startsWith('other ') ? [bare, name.slice('other '.length)] : [orders, name];
  if (rest === 'bucket') return `arn:aws:s3:::${owner.bucket}`;
  if (rest === 'table') return arn('dynamodb', `table/${owner.table}`);
  if (rest === 'index') return arn('dynamodb', `table/${owner.table}/index/status-timestamp`);
  if (rest === 'state machine') {
    return target.run!.pipelines.find(({ path }) => path.endsWith(`/${owner.path}`))!.stateMachineArn;
  }
  if (rest === 'function') return arn('lambda', 'function:other');
  if (rest === 'queue') return arn('sqs', 'other');
  return `arn:aws:s3:::${owner.bucket}/${rest}`;
}

describe('what the roles need is allowed', () => {
  itLocal.each<[Role, string, string]>([
    ['trigger', 'dynamodb:PutItem', 'table'],
    ['trigger', 'states:StartExecution', 'state machine'],
    ['validate', 's3:GetObjectVersion', 'raw/a.csv'],
    ['validate', 's3:PutObject', 'staging/job/validate/a.csv'],
    ['transform', 's3:GetObject', 'staging/job/validate/a.csv'],
    ['transform', 's3:PutObject', 'staging/job/transform/a.csv'],
    ['enrich', 's3:PutObject', 'staging/job/enrich/a.csv'],
    ['finish', 's3:PutObject', 'processed/a.csv'],
    ['finish', 's3:PutObject', 'failed/a.rejects.csv'],
    ['finish', 'dynamodb:UpdateItem', 'table'],
    ['workflow', 'dynamodb:UpdateItem', 'table'],
    ['api', 'states:StartExecution', 'state machine'],
    ['quality check', 'dynamodb:Query', 'index'],
  ])('[local] %s: %s on %s', (role, action, resource) => {
    expect(target.run!.allows(ROLES[role], action, resourceOf(resource))).toBe(true);
  });
});

describe('what no role needs is denied', () => {
  itLocal.each<[Role, string, string]>([
    ['trigger', 's3:GetObject', 'raw/a.csv'],
    ['trigger', 's3:PutObject', 'raw/a.csv'],
    ['trigger', 'dynamodb:DeleteItem', 'table'],
    ['trigger', 'dynamodb:Scan', 'table'],
    ['trigger', 'dynamodb:PutItem', 'other table'],
    ['trigger', 'states:StartExecution', 'other state machine'],
    ['trigger', 'states:StopExecution', 'state machine'],
    ['trigger', 'sqs:SendMessage', 'queue'],
    ['trigger', 'lambda:InvokeFunction', 'function'],
    ['validate', 's3:GetObjectVersion', 'processed/a.csv'],
    ['validate', 's3:GetObjectVersion', 'other raw/a.csv'],
    ['validate', 's3:PutObject', 'raw/a.csv'],
    ['validate', 's3:PutObject', 'processed/a.csv'],
    ['validate', 's3:PutObject', 'staging/job/transform/a.csv'],
    ['validate', 's3:DeleteObject', 'raw/a.csv'],
    ['validate', 's3:DeleteObjectVersion', 'raw/a.csv'],
    ['validate', 'dynamodb:PutItem', 'table'],
    ['transform', 's3:GetObjectVersion', 'raw/a.csv'],
    ['transform', 's3:GetObject', 'processed/a.csv'],
    ['transform', 's3:PutObject', 'staging/job/validate/a.csv'],
    ['transform', 's3:PutObject', 'staging/job/enrich/a.csv'],
    ['transform', 's3:PutObject', 'failed/a.csv'],
    ['transform', 's3:DeleteObject', 'staging/job/validate/a.csv'],
    ['transform', 's3:PutObject', 'other staging/job/transform/a.csv'],
    ['enrich', 's3:GetObject', 'reference/secret.csv'],
    ['enrich', 's3:PutObject', 'reference/categories.csv'],
    ['enrich', 's3:PutObject', 'processed/a.csv'],
    ['enrich', 's3:GetObject', 'other staging/job/transform/a.csv'],
    ['enrich', 'dynamodb:UpdateItem', 'table'],
    ['finish', 's3:DeleteObject', 'processed/a.csv'],
    ['finish', 's3:DeleteObject', 'raw/a.csv'],
    ['finish', 's3:DeleteObjectVersion', 'failed/a.csv'],
    ['finish', 's3:PutObject', 'raw/a.csv'],
    ['finish', 's3:PutObject', 'reports/quality/2026-01-01.html'],
    ['finish', 's3:PutBucketPolicy', 'bucket'],
    ['finish', 's3:PutLifecycleConfiguration', 'bucket'],
    ['finish', 'dynamodb:DeleteItem', 'table'],
    ['finish', 'dynamodb:UpdateItem', 'other table'],
    ['finish', 'states:StartExecution', 'state machine'],
    ['workflow', 'lambda:InvokeFunction', 'function'],
    ['workflow', 'dynamodb:DeleteItem', 'table'],
    ['workflow', 'dynamodb:UpdateItem', 'other table'],
    ['workflow', 's3:GetObject', 'raw/a.csv'],
    ['workflow', 'states:StartExecution', 'state machine'],
    ['api', 's3:GetObject', 'processed/a.csv'],
    ['api', 's3:PutObject', 'raw/a.csv'],
    ['api', 'dynamodb:Scan', 'table'],
    ['api', 'dynamodb:DeleteItem', 'table'],
    ['api', 'dynamodb:Query', 'other table'],
    ['api', 'states:StartExecution', 'other state machine'],
    ['quality check', 'dynamodb:UpdateItem', 'table'],
    ['quality check', 'dynamodb:Query', 'other index'],
    ['quality check', 's3:GetObject', 'raw/a.csv'],
    ['quality check', 's3:PutObject', 'processed/a.csv'],
  ])('[local] %s: %s on %s', (role, action, resource) => {
    expect(target.run!.allows(ROLES[role], action, resourceOf(resource))).toBe(false);
  });

  itLocal.each<[Role, string]>([
    ['validate', 'processed/'],
    ['transform', 'raw/'],
    ['enrich', 'failed/'],
    ['finish', 'reports/'],
    ['api', 'staging/'],
    ['quality check', 'raw/'],
  ])('[local] %s: listing %s', (role, prefix) => {
    const conditions = { 's3:prefix': prefix };
    expect(target.run!.allows(ROLES[role], 's3:ListBucket', resourceOf('bucket'), conditions)).toBe(false);
  });

  itLocal('[local] a role that is not there is an error', () => {
    expect(() => target.run!.allows('Nobody', 's3:GetObject', '*')).toThrow('the run has no role Nobody');
  });
});
