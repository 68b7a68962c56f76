import type { RenderedResource, RenderedTemplate } from './rendered-template';

/** The permissions by which a service may call a function. */
export function invokers(
  template: RenderedTemplate,
  handler: RenderedResource,
  service: string,
): Readonly<Record<string, string>>[] {
  return template
    .ofType('AWS::Lambda::Permission')
    .filter(({ properties }) => properties.Principal === service)
    .filter(({ properties }) => template.referred(properties.FunctionName) === handler)
    .map(({ properties }) => properties);
}
