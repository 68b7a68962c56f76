import type { CallAws } from './aws';

interface Kind {
  readonly service: string;
  readonly operation: string;
  /** Where the answer has its list, and the name in each entry. */
  readonly list: string;
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Everything that a stack of ours can make. */
const KINDS: Readonly<Record<string, Kind>> = {
  bucket: { service: 's3', operation: 'list_buckets', list: 'Buckets', name: 'Name' },
  table: { service: 'dynamodb', operation: 'list_tables', list: 'TableNames' },
  function: { service: 'lambda', operation: 'list_functions', list: 'Functions', name: 'FunctionName' },
  queue: { service: 'sqs', operation: 'list_queues', list: 'QueueUrls' },
  'state machine': {
    service: 'stepfunctions',
    operation: 'list_state_machines',
    list: 'stateMachines',
    name: 'name',
  },
  'log group': { service: 'logs', operation: 'describe_log_groups', list: 'logGroups', name: 'logGroupName' },
  role: { service: 'iam', operation: 'list_roles', list: 'Roles', name: 'RoleName' },
  policy: {
    service: 'iam',
    operation: 'list_policies',
    list: 'Policies',
    name: 'PolicyName',
    parameters: { Scope: 'Local' },
  },
  secret: { service: 'secretsmanager', operation: 'list_secrets', list: 'SecretList', name: 'Name' },
  rule: { service: 'events', operation: 'list_rules', list: 'Rules', name: 'Name' },
  api: { service: 'apigateway', operation: 'get_rest_apis', list: 'items', name: 'name' },
  alarm: { service: 'cloudwatch', operation: 'describe_alarms', list: 'MetricAlarms', name: 'AlarmName' },
  dashboard: {
    service: 'cloudwatch',
    operation: 'list_dashboards',
    list: 'DashboardEntries',
    name: 'DashboardName',
  },
};

/** What the account holds, as `role: CDKToolkit-...`. */
export function inventory(call: CallAws): string[] {
  const kinds = Object.entries(KINDS);
  const answers = call(
    kinds.map(([, { service, operation, parameters = {} }]) => ({ service, operation, parameters })),
  );
  return kinds.flatMap(([kind, { list, name }], index) =>
    (answers[index][list] ?? []).map((each: any) => `${kind}: ${name === undefined ? each : each[name]}`),
  );
}
