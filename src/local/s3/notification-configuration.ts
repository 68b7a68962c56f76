import { NotProvidedError } from '../services';

/** Where an event of a bucket goes, and which events go there. */
export interface NotificationTarget {
  readonly id: string;
  readonly kind: 'function' | 'queue';
  readonly arn: string;
  /** Such as `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** What a bucket notifies. */
export interface NotificationConfiguration {
  readonly targets: readonly NotificationTarget[];
  /** All events go to the account's default event bus. */
  readonly eventBridge: boolean;
}

export const NO_NOTIFICATIONS: NotificationConfiguration = { targets: [], eventBridge: false };

interface ApiTarget {
  readonly Id?: string;
  readonly Events: string[];
  readonly LambdaFunctionArn?: string;
  readonly QueueArn?: string;
  readonly Filter?: { readonly Key?: { readonly FilterRules?: { Name: string; Value: string }[] } };
}

/** The configuration as the API has it, which CDK's custom resource passes on. */
export interface ApiNotificationConfiguration {
  readonly LambdaFunctionConfigurations?: readonly ApiTarget[];
  readonly QueueConfigurations?: readonly ApiTarget[];
  readonly TopicConfigurations?: readonly unknown[];
  readonly EventBridgeConfiguration?: object;
}

const MEMBERS = [
  'LambdaFunctionConfigurations',
  'QueueConfigurations',
  'TopicConfigurations',
  'EventBridgeConfiguration',
];

/** Reads a configuration. @throws NotProvidedError naming a member or kind of event that it cannot deliver */
export function readNotifications(
  configuration: ApiNotificationConfiguration,
  where: string,
): NotificationConfiguration {
  const unknown = Object.keys(configuration).find((name) => !MEMBERS.includes(name));
  if (unknown) throw new NotProvidedError(`${unknown} in the notifications of ${where}`);
  if (configuration.TopicConfigurations?.length) {
    throw new NotProvidedError(`notifications to an SNS topic (${where})`);
  }
  const functions = configuration.LambdaFunctionConfigurations ?? [];
  const queues = configuration.QueueConfigurations ?? [];
  const targets = [
    ...functions.map((target) => readTarget('function', target.LambdaFunctionArn!, target, where)),
    ...queues.map((target) => readTarget('queue', target.QueueArn!, target, where)),
  ];
  checkOverlap(targets, where);
  return { targets, eventBridge: configuration.EventBridgeConfiguration !== undefined };
}

/** Whether the target wants the event, such as `ObjectCreated:Put`, of the key. */
export function wants(target: NotificationTarget, event: string, key: string): boolean {
  return (
    key.startsWith(target.prefix) &&
    key.endsWith(target.suffix) &&
    target.events.some((pattern) => covers(pattern, `s3:${event}`))
  );
}

function covers(pattern: string, event: string): boolean {
  return pattern.endsWith('*') ? event.startsWith(pattern.slice(0, -1)) : pattern === event;
}

const DELIVERED =
  /^s3:Object(Created:(\*|Put|Post|Copy|CompleteMultipartUpload)|Removed:(\*|Delete|DeleteMarkerCreated))$/;

function readTarget(
  kind: 'function' | 'queue',
  arn: string,
  target: ApiTarget,
  where: string,
): NotificationTarget {
  const unknown = target.Events.find((event) => !DELIVERED.test(event));
  if (unknown) throw new NotProvidedError(`the event ${unknown} in the notifications of ${where}`);
  const rules = target.Filter?.Key?.FilterRules ?? [];
  const rule = (name: string): string =>
    rules.find((candidate) => candidate.Name.toLowerCase() === name)?.Value ?? '';
  return {
    id: target.Id ?? `${kind}-${arn.split(':').at(-1)}`,
    kind,
    arn,
    events: target.Events,
    prefix: rule('prefix'),
    suffix: rule('suffix'),
  };
}

/** S3 refuses two targets that could get the same event of the same key. @throws Error naming both */
export function checkOverlap(targets: readonly NotificationTarget[], where: string): void {
  targets.forEach((target, index) => {
    const other = targets.slice(0, index).find((earlier) => overlap(earlier, target));
    if (other) {
      throw new Error(
        `notifications of ${where}: '${other.id}' and '${target.id}' overlap, and S3 refuses configurations whose prefixes and suffixes overlap for the same event`,
      );
    }
  });
}

function overlap(a: NotificationTarget, b: NotificationTarget): boolean {
  const either = (x: string, y: string, test: (long: string, short: string) => boolean): boolean =>
    test(x, y) || test(y, x);
  return (
    either(a.prefix, b.prefix, (long, short) => long.startsWith(short)) &&
    either(a.suffix, b.suffix, (long, short) => long.endsWith(short)) &&
    a.events.some((x) => b.events.some((y) => covers(x, y) || covers(y, x)))
  );
}
