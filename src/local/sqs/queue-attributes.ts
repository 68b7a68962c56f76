import { readPolicy, type Statement } from '../iam/policy';
import { AwsError } from '../services';
import type { Queue, QueueSettings } from './queue';

/** AWS's defaults: 30 s visibility, four days' retention, 1 MiB a message. */
export const DEFAULT_SETTINGS: QueueSettings = {
  visibilityTimeoutSeconds: 30,
  delaySeconds: 0,
  receiveWaitSeconds: 0,
  retentionSeconds: 345_600,
  maximumMessageBytes: 1_048_576,
  redrive: undefined,
  policy: [],
  other: {},
};

const NUMBERS = {
  VisibilityTimeout: 'visibilityTimeoutSeconds',
  DelaySeconds: 'delaySeconds',
  ReceiveMessageWaitTimeSeconds: 'receiveWaitSeconds',
  MessageRetentionPeriod: 'retentionSeconds',
  MaximumMessageSize: 'maximumMessageBytes',
} as const;

/** Attributes that are kept and told but change nothing here. */
const OTHER = [
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'Policy',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
];

/** Settings with the API's attributes laid over them. @throws AwsError InvalidAttributeName, InvalidAttributeValue */
export function withAttributes(
  settings: QueueSettings,
  attributes: Readonly<Record<string, string>>,
): QueueSettings {
  const result: Record<string, unknown> = { ...settings, other: { ...settings.other } };
  for (const [name, value] of Object.entries(attributes)) {
    if (name in NUMBERS) {
      result[NUMBERS[name as keyof typeof NUMBERS]] = numberOf(name, value);
    } else if (name === 'RedrivePolicy') {
      result.redrive = redriveOf(value);
    } else if (OTHER.includes(name)) {
      if (name === 'Policy') result.policy = value === '' ? [] : policyOf(value);
      (result.other as Record<string, string>)[name] = value;
    } else {
      throw new AwsError(
        'InvalidAttributeName',
        `the local run does not provide the queue attribute ${name}`,
      );
    }
  }
  return result as unknown as QueueSettings;
}

/** All attributes of a queue as GetQueueAttributes answers them. */
export function attributesOf(queue: Queue): Record<string, string> {
  const { settings } = queue;
  const { visible, inFlight, delayed } = queue.counts();
  const numbers = Object.entries(NUMBERS).map(([name, setting]) => [name, String(settings[setting])]);
  const created = String(Math.floor(queue.createdAt / 1000));
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    ...Object.fromEntries(numbers),
    ...(settings.redrive && { RedrivePolicy: JSON.stringify(settings.redrive) }),
    ...settings.other,
  };
}

function numberOf(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) {
    throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}: '${value}'`);
  }
  return number;
}

function redriveOf(value: string): QueueSettings['redrive'] {
  if (value === '') return undefined;
  const policy = JSON.parse(value) as { deadLetterTargetArn?: string; maxReceiveCount?: number | string };
  const maxReceiveCount = Number(policy.maxReceiveCount);
  if (!policy.deadLetterTargetArn || !(maxReceiveCount >= 1)) {
    throw new AwsError('InvalidAttributeValue', `Value ${value} for parameter RedrivePolicy is invalid`);
  }
  return { deadLetterTargetArn: policy.deadLetterTargetArn, maxReceiveCount };
}

/** The local run cannot judge every policy; one that it cannot is refused with what it cannot. */
function policyOf(text: string): Statement[] {
  try {
    return readPolicy(JSON.parse(text), 'resource', 'the policy of a queue');
  } catch (problem) {
    throw new AwsError('InvalidAttributeValue', (problem as Error).message);
  }
}
