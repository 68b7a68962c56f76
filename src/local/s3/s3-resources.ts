import { readPolicy } from '../iam/policy';
import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import {
  LOCAL_REGION,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';
import {
  checkOverlap,
  readNotifications,
  type ApiNotificationConfiguration,
  type NotificationConfiguration,
} from './notification-configuration';
import type { S3Service } from './s3-service';
import { templateNotifications } from './template-notifications';

/** Properties of a bucket that the run acts on, or that change nothing in it. */
const BUCKET_PROPERTIES = [
  'BucketName',
  'LifecycleConfiguration',
  'NotificationConfiguration',
  'VersioningConfiguration',
  // Encryption at rest, access from elsewhere, and what is written or moved long after a run:
  'AccessControl',
  'AnalyticsConfigurations',
  'BucketEncryption',
  'CorsConfiguration',
  'IntelligentTieringConfigurations',
  'InventoryConfigurations',
  'LoggingConfiguration',
  'MetricsConfigurations',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'Tags',
];

/** Makes buckets of the template, their policies, and what CDK's custom resource says of their notifications. */
export class S3Resources implements ResourceProvider {
  readonly types = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'Custom::S3BucketNotifications'];

  constructor(private readonly s3: S3Service) {}

  async provide(resource: TemplateResource): Promise<ProvidedResource> {
    switch (resource.type) {
      case 'AWS::S3::Bucket':
        return this.bucket(resource);
      case 'AWS::S3::BucketPolicy':
        return this.policy(resource);
      default:
        return this.notifications(resource);
    }
  }

  private async bucket(resource: TemplateResource): Promise<ProvidedResource> {
    checkProperties(resource, BUCKET_PROPERTIES);
    const { properties, path } = resource;
    const name: string = properties.BucketName ?? physicalName(resource, 63).toLowerCase();
    const bucket = this.s3.createBucket(name, { versioning: properties.VersioningConfiguration?.Status });
    bucket.lifecycle = properties.LifecycleConfiguration;
    if (properties.NotificationConfiguration) {
      bucket.notifications = readNotifications(
        templateNotifications(properties.NotificationConfiguration, path),
        path,
      );
      await this.announce(name);
    }
    return {
      ref: name,
      attributes: {
        Arn: bucket.arn,
        DomainName: `${name}.s3.amazonaws.com`,
        DualStackDomainName: `${name}.s3.dualstack.${LOCAL_REGION}.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${LOCAL_REGION}.amazonaws.com`,
        WebsiteURL: `http://${name}.s3-website-${LOCAL_REGION}.amazonaws.com`,
      },
    };
  }

  private policy(resource: TemplateResource): ProvidedResource {
    checkProperties(resource, ['Bucket', 'PolicyDocument']);
    const { Bucket, PolicyDocument } = resource.properties;
    this.s3.bucket(Bucket).policy = readPolicy(PolicyDocument, 'resource', resource.path);
    return { ref: resource.logicalId, attributes: {} };
  }

  /** CDK manages all notifications of a bucket of the app, and adds to those of a bucket from elsewhere. */
  private async notifications(resource: TemplateResource): Promise<ProvidedResource> {
    const { properties, path } = resource;
    checkProperties(resource, [
      'ServiceToken',
      'BucketName',
      'NotificationConfiguration',
      'Managed',
      'SkipDestinationValidation',
    ]);
    const bucket = this.s3.bucket(properties.BucketName);
    const given = readNotifications(
      properties.NotificationConfiguration as ApiNotificationConfiguration,
      path,
    );
    bucket.notifications = isTrue(properties.Managed) ? given : merged(bucket.notifications, given);
    checkOverlap(bucket.notifications.targets, path);
    await this.announce(bucket.name);
    return { ref: resource.logicalId, attributes: {} };
  }

  /** A queue finds S3's test event in it from the beginning; functions are not invoked for it. */
  private async announce(bucketName: string): Promise<void> {
    await this.s3.sendTestEvent(bucketName, ({ kind }) => kind === 'queue');
  }
}

function merged(
  existing: NotificationConfiguration,
  added: NotificationConfiguration,
): NotificationConfiguration {
  return {
    targets: [...existing.targets, ...added.targets],
    eventBridge: existing.eventBridge || added.eventBridge,
  };
}

/** Custom resources get their properties as strings. */
function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
