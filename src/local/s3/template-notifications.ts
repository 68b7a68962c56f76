import { NotProvidedError } from '../services';
import type { ApiNotificationConfiguration } from './notification-configuration';

interface TemplateTarget {
  readonly Event: string;
  readonly Function?: string;
  readonly Queue?: string;
  readonly Filter?: { readonly S3Key?: { readonly Rules?: { Name: string; Value: string }[] } };
}

/** CloudFormation's own form of a bucket's notifications as the API's, which names and nests things differently. */
export function templateNotifications(
  configuration: Readonly<Record<string, any>>,
  path: string,
): ApiNotificationConfiguration {
  const { LambdaConfigurations, QueueConfigurations, EventBridgeConfiguration, ...rest } = configuration;
  const unknown = Object.keys(rest)[0];
  if (unknown) throw new NotProvidedError(`${unknown} in the notifications of ${path}`);
  const bus = EventBridgeConfiguration as { EventBridgeEnabled?: boolean | string } | undefined;
  return {
    LambdaFunctionConfigurations: ((LambdaConfigurations ?? []) as TemplateTarget[]).map((target) => ({
      ...common(target),
      LambdaFunctionArn: target.Function,
    })),
    QueueConfigurations: ((QueueConfigurations ?? []) as TemplateTarget[]).map((target) => ({
      ...common(target),
      QueueArn: target.Queue,
    })),
    ...(bus && String(bus.EventBridgeEnabled ?? true) === 'true' && { EventBridgeConfiguration: {} }),
  };
}

function common({ Event, Filter }: TemplateTarget): {
  Events: string[];
  Filter: { Key: { FilterRules: { Name: string; Value: string }[] } };
} {
  return { Events: [Event], Filter: { Key: { FilterRules: Filter?.S3Key?.Rules ?? [] } } };
}
