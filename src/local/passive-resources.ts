import { physicalName } from './physical-name';
import {
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from './services';

type Describe = (resource: TemplateResource) => ProvidedResource;

/** Resources that have a name in the run and nothing to do there: what Ref and Fn::GetAtt give of each. */
const PASSIVE: Readonly<Record<string, Describe>> = {
  'AWS::CDK::Metadata': nameless,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
  'AWS::CloudWatch::Dashboard': (resource) => ({
    ref: resource.properties.DashboardName ?? physicalName(resource, 255),
    attributes: {},
  }),
  'AWS::KMS::Alias': (resource) => ({ ref: resource.properties.AliasName, attributes: {} }),
  // Nothing is encrypted at rest on a laptop.
  'AWS::KMS::Key': ({ logicalId }) => ({
    ref: logicalId,
    attributes: { Arn: arn('kms', `key/${logicalId}`), KeyId: logicalId },
  }),
  'AWS::Logs::LogGroup': (resource) => {
    const name = resource.properties.LogGroupName ?? physicalName(resource, 512);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
  'AWS::Logs::MetricFilter': nameless,
  'AWS::Logs::QueryDefinition': nameless,
  'AWS::Logs::ResourcePolicy': nameless,
  'AWS::ResourceGroups::Group': nameless,
  'AWS::SNS::Subscription': nameless,
  // Only alarms publish, and alarms do not fire here.
  'AWS::SNS::Topic': (resource) => {
    const name = resource.properties.TopicName ?? physicalName(resource, 256);
    return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
  },
  'Custom::LogRetention': nameless,
  'Custom::S3AutoDeleteObjects': nameless,
};

/** Provides everything that a template holds beside what moves data: log groups, alarms, dashboards. */
export class PassiveResources implements ResourceProvider {
  readonly types = Object.keys(PASSIVE);
  /** Names of the template's log groups. */
  readonly logGroups = new Set<string>();

  provide(resource: TemplateResource): ProvidedResource {
    const provided = PASSIVE[resource.type]!(resource);
    if (resource.type === 'AWS::Logs::LogGroup') this.logGroups.add(provided.ref);
    return provided;
  }
}

function alarm(resource: TemplateResource): ProvidedResource {
  const name: string = resource.properties.AlarmName ?? physicalName(resource, 255);
  return { ref: name, attributes: { Arn: arn('cloudwatch', `alarm:${name}`) } };
}

function nameless(resource: TemplateResource): ProvidedResource {
  return { ref: resource.logicalId, attributes: {} };
}

function arn(service: string, resource: string): string {
  return `arn:${LOCAL_PARTITION}:${service}:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${resource}`;
}
