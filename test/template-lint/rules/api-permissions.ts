import { matchesWildcard } from '../../../src/local/iam/wildcards';
import { invokers } from '../invokers';
import type { RenderedResource, RenderedTemplate } from '../rendered-template';
import type { Rule } from '../rule';

export const apiPermissions: Rule = {
  id: 'api-permissions',
  says: 'API Gateway may call the function of every method, at its stage and path.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html',
  check: (template) =>
    template.ofType('AWS::ApiGateway::Method').flatMap((method) => {
      const { Uri = '' } = method.properties.Integration;
      const handler = template
        .ofType('AWS::Lambda::Function')
        .find((each) => Uri.includes(template.arn(each)));
      if (!handler) return [];
      const allowed = invokers(template, handler, 'apigateway.amazonaws.com').map(
        ({ SourceArn }) => SourceArn,
      );
      return callsOf(template, method)
        .filter((call) => !allowed.some((pattern) => matchesWildcard(pattern, call)))
        .map((call) => ({ resource: method.id, problem: `may not call ${handler.id} for ${call}` }));
    }),
  violations: {
    'no permission': (draft) => draft.remove('AWS::Lambda::Permission', 'GETApiPermission'),
    'another path': (draft) => {
      const { Properties } = draft.one('AWS::Lambda::Permission', 'POSTApiPermission');
      Properties.SourceArn['Fn::Join'][1][Properties.SourceArn['Fn::Join'][1].length - 1] = '/POST/other';
    },
  },
};

/** The ARNs by which API Gateway calls for a method, one for each stage. */
function callsOf(template: RenderedTemplate, { properties }: RenderedResource): string[] {
  const parts: string[] = [];
  let resource = template.referred(properties.ResourceId);
  while (resource) {
    parts.unshift(resource.properties.PathPart.replace(/^\{.*\}$/, 'any'));
    resource = template.referred(resource.properties.ParentId);
  }
  const api = template.referred(properties.RestApiId)!;
  const id = template.ref(api);
  const place = template.arn(api).replace(/[^:]*$/, id);
  return template
    .ofType('AWS::ApiGateway::Stage')
    .filter((stage) => stage.properties.RestApiId === id)
    .map((stage) => `${place}/${stage.properties.StageName}/${properties.HttpMethod}/${parts.join('/')}`);
}
