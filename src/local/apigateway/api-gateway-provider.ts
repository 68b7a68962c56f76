import { createHash } from 'node:crypto';
import { ApiListener, type ApiListenerProps } from './api-listener';
import { API_PROPERTIES } from './api-properties';
import { RestApi, type Authorization, type Integration, type Throttling } from './rest-api';
import { checkProperties } from '../known-properties';
import {
  NotProvidedError,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';

/** Milliseconds that an integration may take (API Gateway quotas). */
const INTEGRATION_TIMEOUT_MS = 29_000;

type Make = (
  provider: ApiGatewayProvider,
  resource: TemplateResource,
) => ProvidedResource | Promise<ProvidedResource>;

const TYPES: Readonly<Record<string, Make>> = {
  'AWS::ApiGateway::RestApi': (provider, resource) => provider.makeApi(resource),
  'AWS::ApiGateway::Resource': (provider, { logicalId, properties }) => {
    provider.api(properties).addResource(logicalId, properties.ParentId, properties.PathPart);
    return { ref: logicalId, attributes: { ResourceId: logicalId } };
  },
  'AWS::ApiGateway::Method': (provider, resource) => provider.makeMethod(resource),
  'AWS::ApiGateway::Model': (provider, { logicalId, properties }) => {
    const name: string = properties.Name ?? logicalId;
    provider.api(properties).models.set(name, properties.Schema ?? {});
    return { ref: name, attributes: {} };
  },
  'AWS::ApiGateway::RequestValidator': (provider, { logicalId, properties }) => {
    provider.api(properties).validators.set(logicalId, {
      body: properties.ValidateRequestBody ?? false,
      parameters: properties.ValidateRequestParameters ?? false,
    });
    return { ref: logicalId, attributes: { RequestValidatorId: logicalId } };
  },
  'AWS::ApiGateway::GatewayResponse': (provider, { logicalId, properties }) => {
    provider.api(properties).gatewayResponses.set(properties.ResponseType, {
      statusCode: properties.StatusCode === undefined ? undefined : Number(properties.StatusCode),
      headers: staticHeaders(properties.ResponseParameters, 'gatewayresponse.header.'),
      templates: properties.ResponseTemplates ?? {},
    });
    return { ref: logicalId, attributes: { Id: logicalId } };
  },
  'AWS::ApiGateway::Deployment': (_, { logicalId }) => ({
    ref: logicalId,
    attributes: { DeploymentId: logicalId },
  }),
  'AWS::ApiGateway::Stage': (provider, { properties }) => {
    provider.api(properties).stages.set(properties.StageName, {
      name: properties.StageName,
      variables: properties.Variables ?? null,
      throttling: throttling(properties.MethodSettings ?? []),
    });
    return { ref: properties.StageName, attributes: {} };
  },
  'AWS::ApiGateway::Account': (_, { logicalId }) => ({ ref: logicalId, attributes: { Id: logicalId } }),
};

/** Makes REST APIs: each is served on a port of its own as soon as it is made. */
export class ApiGatewayProvider implements ResourceProvider {
  readonly types = Object.keys(TYPES);
  private readonly apis = new Map<string, { api: RestApi; listener: ApiListener; address: string }>();

  constructor(private readonly props: ApiListenerProps) {}

  provide(resource: TemplateResource): ProvidedResource | Promise<ProvidedResource> {
    checkProperties(resource, API_PROPERTIES[resource.type]!);
    return TYPES[resource.type]!(this, resource);
  }

  /** Turns the public addresses of these APIs into the local ones. */
  localise(text: string): string {
    return text.replace(
      /https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g,
      (address, id: string) => this.apis.get(id)?.address ?? address,
    );
  }

  async stop(): Promise<void> {
    await Promise.all([...this.apis.values()].map(({ listener }) => listener.close()));
  }

  /** The API that a resource's properties name. */
  api(properties: TemplateResource['properties']): RestApi {
    return this.apis.get(properties.RestApiId)!.api;
  }

  async makeApi({ logicalId, stackName, properties }: TemplateResource): Promise<ProvidedResource> {
    const id = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 10);
    const api = new RestApi(id, properties.Name, properties.BinaryMediaTypes ?? []);
    const listener = new ApiListener(api, this.props);
    this.apis.set(id, { api, listener, address: await listener.listen() });
    return { ref: id, attributes: { RestApiId: id, RootResourceId: api.rootResourceId } };
  }

  makeMethod({ logicalId, path, properties }: TemplateResource): ProvidedResource {
    const authorization: string = properties.AuthorizationType ?? 'NONE';
    if (authorization !== 'NONE' && authorization !== 'AWS_IAM') {
      throw new NotProvidedError(`the authorization type ${authorization}, used at ${path}`);
    }
    if (properties.ApiKeyRequired) throw new NotProvidedError(`API keys, used at ${path}`);
    this.api(properties).addMethod({
      resourceId: properties.ResourceId,
      httpMethod: properties.HttpMethod,
      authorization: authorization as Authorization,
      integration: integrationOf(properties.Integration ?? {}, path),
      validatorId: properties.RequestValidatorId,
      parameters: properties.RequestParameters ?? {},
      models: properties.RequestModels ?? {},
    });
    return { ref: logicalId, attributes: {} };
  }
}

function integrationOf(integration: Readonly<Record<string, any>>, path: string): Integration {
  const [, functionArn] =
    /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(integration.Uri ?? '') ?? [];
  if (integration.Type === 'AWS_PROXY' && functionArn !== undefined) {
    return {
      kind: 'function',
      functionArn,
      timeoutMs: integration.TimeoutInMillis ?? INTEGRATION_TIMEOUT_MS,
    };
  }
  if (integration.Type === 'MOCK') {
    const [response = {}] = integration.IntegrationResponses ?? [];
    return {
      kind: 'mock',
      statusCode: Number(response.StatusCode ?? 200),
      headers: staticHeaders(response.ResponseParameters, 'method.response.header.'),
    };
  }
  throw new NotProvidedError(`the integration ${integration.Type} ${integration.Uri ?? ''}, used at ${path}`);
}

/** Header values that are literals: `'text'` in quotes. */
function staticHeaders(
  parameters: Readonly<Record<string, string>> = {},
  prefix: string,
): Record<string, string> {
  const entries = Object.entries(parameters).map(([place, value]) => {
    const [, text] = /^'(.*)'$/.exec(value) ?? [];
    if (!place.startsWith(prefix) || text === undefined) {
      throw new NotProvidedError(`the response parameter ${place} = ${value}`);
    }
    return [place.slice(prefix.length), text];
  });
  return Object.fromEntries(entries);
}

function throttling(settings: readonly Readonly<Record<string, any>>[]): Map<string, Throttling> {
  return new Map(
    settings
      .filter((each) => each.ThrottlingRateLimit !== undefined || each.ThrottlingBurstLimit !== undefined)
      .map((each) => {
        const rateLimit = each.ThrottlingRateLimit ?? each.ThrottlingBurstLimit;
        const burstLimit = each.ThrottlingBurstLimit ?? Math.max(1, rateLimit);
        return [`${resourcePath(each.ResourcePath)}/${each.HttpMethod}`, { rateLimit, burstLimit }];
      }),
  );
}

/** Method settings write a path as `/~1status~1{jobId}`. */
function resourcePath(pointer: string): string {
  return pointer.replace(/^\/~1/, '/').replaceAll('~1', '/');
}
