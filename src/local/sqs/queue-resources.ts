import { readPolicy } from '../iam/policy';
import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import type { ProvidedResource, ResourceProvider, TemplateResource } from '../services';
import { withAttributes } from './queue-attributes';
import type { SqsService } from './sqs-service';

/** Properties that are attributes of the same name. */
const ATTRIBUTES = [
  'DelaySeconds',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

/** Makes the queues of the template and keeps their policies. */
export class QueueResources implements ResourceProvider {
  readonly types = ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'];

  constructor(private readonly sqs: SqsService) {}

  provide(resource: TemplateResource): ProvidedResource {
    return resource.type === 'AWS::SQS::Queue' ? this.queue(resource) : this.policy(resource);
  }

  private queue(resource: TemplateResource): ProvidedResource {
    checkProperties(resource, [...ATTRIBUTES, 'QueueName', 'Tags']);
    const { properties } = resource;
    const name: string = properties.QueueName ?? physicalName(resource, 80);
    const attributes = ATTRIBUTES.filter((attribute) => properties[attribute] !== undefined).map(
      (attribute) => [attribute, asText(properties[attribute])],
    );
    const queue = this.sqs.createQueue(name, Object.fromEntries(attributes));
    const url = this.sqs.queueUrl(name);
    return { ref: url, attributes: { Arn: queue.arn, QueueName: name, QueueUrl: url } };
  }

  private policy(resource: TemplateResource): ProvidedResource {
    checkProperties(resource, ['PolicyDocument', 'Queues']);
    const { Queues, PolicyDocument } = resource.properties;
    const policy = readPolicy(PolicyDocument, 'resource', resource.path);
    for (const url of Queues as string[]) {
      const queue = this.sqs.queue(url.split('/').at(-1)!);
      const settings = withAttributes(queue.settings, { Policy: JSON.stringify(PolicyDocument) });
      queue.settings = { ...settings, policy };
    }
    return { ref: resource.logicalId, attributes: {} };
  }
}

/** The API takes every attribute as text, policies as JSON. */
function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
