import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { AccessKeyRegistry, type AccessKey } from '../../../src/local/access-keys';
import { ApiGatewayProvider } from '../../../src/local/apigateway/api-gateway-provider';
import { RunJournal } from '../../../src/local/journal';
import { AwsError, type Authorizer, type InvokeResult } from '../../../src/local/services';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:api';
const INTEGRATION = {
  Type: 'AWS_PROXY',
  Uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION_ARN}/invocations`,
};

let provider: ApiGatewayProvider;
let journal: RunJournal;
let address: string;
let key: AccessKey;
let events: any[];
let answer: (payload: string) => Promise<InvokeResult> | InvokeResult;
let authorize: Authorizer['authorize'];

function provide(type: string, logicalId: string, properties: Record<string, unknown>): any {
  const resource = {
    type: `AWS::ApiGateway::${type}`,
    logicalId,
    metadata: {},
    stackName: 'Stack',
    path: `Stack/${logicalId}`,
  };
  return provider.provide({
    ...resource,
    properties: type === 'RestApi' ? properties : { RestApiId: apiId, ...properties },
  });
}

let apiId: string;
beforeEach(async () => {
  const keys = new AccessKeyRegistry();
  key = keys.issue({ kind: 'user', name: 'local', arn: 'arn:aws:iam::000000000000:user/local' });
  journal = new RunJournal();
  events = [];
  answer = () => ({ payload: JSON.stringify({ statusCode: 200, body: '{"ok":true}' }) });
  authorize = () => {};
  provider = new ApiGatewayProvider({
    keys,
    journal,
    authorizer: { authorize: (...call) => authorize(...call) },
    functions: {
      invoke: async (_, payload) => {
        events.push(JSON.parse(payload));
        return answer(payload);
      },
      invokeAsync: async () => {},
    },
  });
  apiId = (await provide('RestApi', 'Api', { Name: 'api', BinaryMediaTypes: ['image/*'] })).ref;
  address = provider.localise(`https://${apiId}.execute-api.us-east-1.amazonaws.com`);
  provide('Resource', 'Status', { ParentId: 'root', PathPart: 'status' });
  provide('Resource', 'StatusId', { ParentId: 'Status', PathPart: '{jobId}' });
  provide('Resource', 'StatusSelf', { ParentId: 'Status', PathPart: 'self' });
  provide('Resource', 'Trigger', { ParentId: 'root', PathPart: 'trigger' });
  provide('Resource', 'Files', { ParentId: 'root', PathPart: 'files' });
  provide('Resource', 'FilesAll', { ParentId: 'Files', PathPart: '{proxy+}' });
  method('GET', 'StatusId', { AuthorizationType: 'AWS_IAM' });
  method('GET', 'StatusSelf');
  method('ANY', 'FilesAll');
  provide('Model', 'TriggerModel', {
    Schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      required: ['key'],
      properties: { key: { type: 'string' } },
    },
  });
  provide('RequestValidator', 'Validator', { ValidateRequestBody: true, ValidateRequestParameters: true });
  method('POST', 'Trigger', {
    RequestValidatorId: 'Validator',
    RequestModels: { 'application/json': 'TriggerModel' },
  });
  method('GET', 'Trigger', {
    RequestValidatorId: 'Validator',
    RequestParameters: {
      'method.request.querystring.key': true,
      'method.request.header.X-Who': true,
      'method.request.querystring.other': false,
    },
  });
  provide('Stage', 'Prod', { StageName: 'prod', Variables: { colour: 'blue' } });
  provide('Deployment', 'Deployment', {});
  provide('Account', 'Account', {});
});
afterEach(() => provider.stop());

function method(HttpMethod: string, ResourceId: string, properties: object = {}): void {
  provide('Method', HttpMethod + ResourceId, {
    HttpMethod,
    ResourceId,
    Integration: INTEGRATION,
    ...properties,
  });
}

async function signed(
  path: string,
  service = 'execute-api',
  secret = key.secretAccessKey,
): Promise<Response> {
  const url = new URL(address + path);
  const signer = new SignatureV4({
    credentials: { ...key, secretAccessKey: secret },
    region: 'us-east-1',
    service,
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: 'GET',
    protocol: 'http:',
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    headers: { host: url.host },
  });
  return fetch(url, { headers });
}

describe('a request', () => {
  it('becomes the event of a proxy integration, and the answer of the function its response', async () => {
    answer = () => ({
      payload: JSON.stringify({
        statusCode: 201,
        headers: { 'content-type': 'text/plain' },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: Buffer.from('bytes').toString('base64'),
        isBase64Encoded: true,
      }),
    });
    const response = await fetch(`${address}/prod/files/a/b%20c?x=1&x=2&y=%2B`, {
      method: 'PUT',
      body: 'text',
      headers: { 'x-a': 'v' },
    });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.getSetCookie(),
      await response.text(),
    ]).toEqual([201, 'text/plain', ['a=1', 'b=2'], 'bytes']);
    expect(events[0]).toMatchObject({
      resource: '/files/{proxy+}',
      path: '/files/a/b%20c',
      httpMethod: 'PUT',
      headers: { 'x-a': 'v' },
      multiValueHeaders: { 'x-a': ['v'] },
      queryStringParameters: { x: '2', y: '+' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['+'] },
      pathParameters: { proxy: 'a/b c' },
      stageVariables: { colour: 'blue' },
      body: 'text',
      isBase64Encoded: false,
      requestContext: {
        stage: 'prod',
        apiId,
        path: '/prod/files/a/b%20c',
        resourcePath: '/files/{proxy+}',
        identity: { userArn: null },
      },
    });
  });

  it('has null where there is nothing', async () => {
    await fetch(`${address}/prod/status/self`);
    expect(events[0]).toMatchObject({
      body: null,
      queryStringParameters: null,
      pathParameters: null,
      resource: '/status/self',
    });
  });

  it('comes as base64 where its type is binary', async () => {
    await fetch(`${address}/prod/files/a.png`, {
      method: 'POST',
      body: 'png',
      headers: { 'content-type': 'image/png' },
    });
    expect(events[0]).toMatchObject({ body: 'cG5n', isBase64Encoded: true });
  });

  it('is in the journal with its status', async () => {
    await fetch(`${address}/prod/status/self`);
    expect(journal.entries).toContainEqual({
      kind: 'request',
      service: 'execute-api',
      operation: 'GET /prod/status/self',
      principal: '-',
      status: 200,
    });
  });
});

describe('authorisation by IAM', () => {
  it('lets a signed request through, and tells the function who calls', async () => {
    expect((await signed('/prod/status/j1')).status).toBe(200);
    expect(events[0].requestContext.identity.userArn).toBe('arn:aws:iam::000000000000:user/local');
    expect(events[0].pathParameters).toEqual({ jobId: 'j1' });
  });

  it('refuses a request that is not signed, or signed for something else', async () => {
    const unsigned = await fetch(`${address}/prod/status/j1`);
    expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ]);
    const other = await signed('/prod/status/j1', 's3');
    expect([other.status, other.headers.get('x-amzn-errortype')]).toEqual([403, 'InvalidSignatureException']);
    const forged = await signed('/prod/status/j1', 'execute-api', 'guess');
    expect([forged.status, forged.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'InvalidSignatureException',
    ]);
    expect(events).toEqual([]);
  });

  it('refuses a caller without the right', async () => {
    authorize = () => {
      throw new AwsError('AccessDenied', 'User: x is not authorized to perform: execute-api:Invoke', 403);
    };
    const response = await signed('/prod/status/j1');
    expect([response.status, await response.json()]).toEqual([
      403,
      { message: 'User: x is not authorized to perform: execute-api:Invoke' },
    ]);
  });

  it('fails where the judgement itself fails', async () => {
    authorize = () => {
      throw new TypeError('no judge');
    };
    const response = await signed('/prod/status/j1');
    expect([response.status, await response.json()]).toEqual([500, { message: 'no judge' }]);
  });
});

describe('validation', () => {
  const post = (body: string, type = 'application/json'): Promise<Response> =>
    fetch(`${address}/prod/trigger`, { method: 'POST', body, headers: { 'content-type': type } });

  it('refuses a body that breaks its model or is no JSON', async () => {
    for (const body of ['{}', '{"key":1}', 'no json', '']) {
      const response = await post(body);
      expect([response.status, await response.json()]).toEqual([400, { message: 'Invalid request body' }]);
    }
    expect((await post('{"key":"raw/a.csv"}')).status).toBe(200);
  });

  it('does not judge a body of a type that has no model', async () => {
    expect((await post('anything', 'text/plain')).status).toBe(200);
  });

  it('names the parameters that are missing', async () => {
    const response = await fetch(`${address}/prod/trigger`);
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: 'Missing required request parameters: [key, X-Who]' },
    ]);
    expect((await fetch(`${address}/prod/trigger?key=1`, { headers: { 'x-who': 'me' } })).status).toBe(200);
  });
});

describe('a failure', () => {
  it.each([
    ['throws', { payload: '{"errorType":"Error"}', functionError: 'Unhandled' }],
    ['answers with no status', { payload: '{"body":"x"}' }],
    ['answers with an object as its body', { payload: '{"statusCode":200,"body":{}}' }],
    ['answers null', { payload: 'null' }],
  ])('is 502 where the function %s', async (_, result) => {
    answer = () => result;
    const response = await fetch(`${address}/prod/status/self`);
    expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
  });

  it('is 502 where the function is throttled', async () => {
    answer = () => {
      throw new AwsError('Lambda.TooManyRequestsException', 'Rate Exceeded.', 429);
    };
    expect((await fetch(`${address}/prod/status/self`)).status).toBe(502);
  });

  it('is 500 where the API may not call the function', async () => {
    answer = () => {
      throw new AwsError('AccessDeniedException', 'not authorized to perform: lambda:InvokeFunction', 403);
    };
    const response = await fetch(`${address}/prod/status/self`);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
  });

  it('is 504 where the function takes too long', async () => {
    method('DELETE', 'Status', { Integration: { ...INTEGRATION, TimeoutInMillis: 1 } });
    answer = () => new Promise(() => {});
    const response = await fetch(`${address}/prod/status`, { method: 'DELETE' });
    expect([response.status, await response.json()]).toEqual([
      504,
      { message: 'Endpoint request timed out' },
    ]);
  });

  it('is 413 above 10 MB', async () => {
    const response = await fetch(`${address}/prod/files/x`, { method: 'PUT', body: Buffer.alloc(11e6) });
    expect(response.status).toBe(413);
  });

  it('is 429 beyond the burst of the stage', async () => {
    provide('Stage', 'Slow', {
      StageName: 'slow',
      MethodSettings: [
        { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 },
        { ResourcePath: '/~1status~1self', HttpMethod: 'GET', ThrottlingRateLimit: 0.001 },
        { ResourcePath: '/*', HttpMethod: '*' },
      ],
    });
    const statuses = [];
    for (let n = 0; n < 2; n++) statuses.push((await fetch(`${address}/slow/status/self`)).status);
    for (let n = 0; n < 2; n++) statuses.push((await fetch(`${address}/slow/files/a`)).status);
    expect(statuses).toEqual([200, 429, 200, 429]);
  });

  it('is 403 where there is no such path or method, as AWS words it', async () => {
    for (const path of ['/prod/nothing', '/other/status/self', '/', '/prod']) {
      const response = await fetch(address + path);
      expect([response.status, await response.json()]).toEqual([
        403,
        { message: 'Missing Authentication Token' },
      ]);
    }
  });
});

describe('gateway responses', () => {
  it('are worded by the template', async () => {
    provide('GatewayResponse', 'Default', {
      ResponseType: 'DEFAULT_4XX',
      ResponseParameters: { 'gatewayresponse.header.Cache-Control': "'no-store'" },
      ResponseTemplates: {
        'application/problem+json':
          '{"status":$context.status,"title":$context.error.messageString,"id":"${context.requestId}"}',
      },
    });
    provide('GatewayResponse', 'Missing', {
      ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
      StatusCode: '404',
      ResponseTemplates: {},
    });
    const bad = await fetch(`${address}/prod/trigger`);
    expect([bad.headers.get('content-type'), bad.headers.get('cache-control')]).toEqual([
      'application/problem+json',
      'no-store',
    ]);
    expect(await bad.json()).toEqual({
      status: 400,
      title: expect.any(String),
      id: bad.headers.get('x-amzn-requestid'),
    });
    expect((await fetch(`${address}/prod/nothing`)).status).toBe(404);
  });

  it.each([
    ['#set($a = 1)', 'the local run does not provide directives in gateway response templates: #set($a = 1)'],
    ['$input.body', 'the local run does not provide the variable $input.body of gateway response templates'],
  ])('refuse what is not provided: %s', async (template, message) => {
    provide('GatewayResponse', 'Default', {
      ResponseType: 'DEFAULT_4XX',
      ResponseTemplates: { 'application/json': template },
    });
    const response = await fetch(`${address}/prod/nothing`);
    expect([response.status, await response.json()]).toEqual([500, { message }]);
  });
});

describe('a template', () => {
  it('may answer by itself, as for preflight requests', async () => {
    method('OPTIONS', 'Status', {
      Integration: {
        Type: 'MOCK',
        IntegrationResponses: [
          { StatusCode: '204', ResponseParameters: { 'method.response.header.Allow': "'GET'" } },
        ],
      },
    });
    method('HEAD', 'Status', { Integration: { Type: 'MOCK' } });
    const response = await fetch(`${address}/prod/status`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'GET']);
    expect((await fetch(`${address}/prod/status`, { method: 'HEAD' })).status).toBe(200);
  });

  it.each([
    [{ AuthorizationType: 'CUSTOM' }, 'the authorization type CUSTOM, used at Stack/GETStatus'],
    [{ ApiKeyRequired: true }, 'API keys, used at Stack/GETStatus'],
    [
      { Integration: { Type: 'HTTP', Uri: 'https://a' } },
      'the integration HTTP https://a, used at Stack/GETStatus',
    ],
    [{ Integration: undefined }, 'the integration undefined , used at Stack/GETStatus'],
    [
      {
        Integration: {
          Type: 'MOCK',
          IntegrationResponses: [{ ResponseParameters: { 'method.response.header.A': 'integration.b' } }],
        },
      },
      'the response parameter method.response.header.A = integration.b',
    ],
  ])('is refused for what is not provided: %j', (properties, message) => {
    expect(() => method('GET', 'Status', properties)).toThrow(`the local run does not provide ${message}`);
  });

  it.each(['Body', 'Policy'])('is refused with the property %s, which is not provided', (property) => {
    expect(() => provide('RestApi', 'Other', { [property]: {} })).toThrow(
      `the property ${property} of AWS::ApiGateway::RestApi, used at Stack/Other`,
    );
  });

  it('keeps addresses of other APIs', () => {
    expect(provider.localise(`https://${apiId}.execute-api.eu-west-1.amazonaws.com/prod`)).toBe(
      `${address}/prod`,
    );
    const other = 'https://abc.execute-api.us-east-1.amazonaws.com/prod';
    expect(provider.localise(other)).toBe(other);
  });
});
