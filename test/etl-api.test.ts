import { Duration, type Stack, Token } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ApiAuthorization, EtlApi, type EtlApiProps } from '../src';
import {
  errorOf,
  functionNamed,
  resourceOfType,
  resourcesOf,
  resourcesOfType,
  rightsOf,
  templateOf,
} from './synthesis';

type Own = Partial<EtlApiProps>;

/** An API alone, for jobs that somebody else's constructs keep. */
function apiIn(stack: Stack, props: Own = {}): EtlApi {
  return new EtlApi(stack, 'Jobs', {
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'data'),
    jobTable: dynamodb.Table.fromTableName(stack, 'Table', 'jobs'),
    stateMachine: sfn.StateMachine.fromStateMachineName(stack, 'Machine', 'machine'),
    ...props,
  });
}

const templateWith = (props?: Own) => templateOf((stack) => apiIn(stack, props));

/** Method and path of each method, with its properties. */
function methodsOf(template: Template): Record<string, any> {
  const resources = resourcesOf(template);
  const pathOf = (id: string): string => {
    const resource = resources[id]?.Properties;
    if (!resource?.PathPart) return '';
    return `${pathOf(resource.ParentId.Ref ?? '')}/${resource.PathPart}`;
  };
  return Object.fromEntries(
    resourcesOfType(template, 'AWS::ApiGateway::Method').map(({ Properties }) => [
      `${Properties.HttpMethod} ${pathOf(Properties.ResourceId.Ref)}`,
      Properties,
    ]),
  );
}

describe('the API', () => {
  it('has the two operations at stage prod, signed with IAM, answered by one function', () => {
    const template = templateWith();
    expect(Object.keys(methodsOf(template)).sort()).toEqual(['GET /status/{jobId}', 'POST /trigger']);
    for (const method of Object.values(methodsOf(template))) {
      expect(method).toMatchObject({ AuthorizationType: 'AWS_IAM', Integration: { Type: 'AWS_PROXY' } });
      expect(method.RequestValidatorId).toBeDefined();
    }
    expect(resourceOfType(template, 'AWS::ApiGateway::Stage').Properties).toMatchObject({
      StageName: 'prod',
      TracingEnabled: true,
      MethodSettings: [
        expect.objectContaining({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100, ResourcePath: '/*' }),
      ],
    });
  });

  it('checks requests before the function sees them', () => {
    const template = templateWith();
    const { 'GET /status/{jobId}': status, 'POST /trigger': trigger } = methodsOf(template);
    expect(status.RequestParameters).toEqual({ 'method.request.path.jobId': true });
    expect(trigger.RequestModels['application/json']).toBeDefined();
    expect(resourceOfType(template, 'AWS::ApiGateway::RequestValidator').Properties).toMatchObject({
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
    expect(resourceOfType(template, 'AWS::ApiGateway::Model').Properties.Schema).toMatchObject({
      type: 'object',
      required: ['key'],
      additionalProperties: false,
      properties: {
        key: { type: 'string', minLength: 1, maxLength: 1024 },
        versionId: { type: 'string' },
        replay: { type: 'boolean' },
      },
    });
  });

  it('never touches the role that API Gateway has in the account, and keeps no access log', () => {
    const template = templateWith();
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
    expect(resourceOfType(template, 'AWS::ApiGateway::Stage').Properties.AccessLogSetting).toBeUndefined();
    expect(template.toJSON().Outputs).toBeUndefined();
  });

  it('answers errors of API Gateway itself as problem documents', () => {
    const responses = resourcesOfType(templateWith(), 'AWS::ApiGateway::GatewayResponse');
    const types = responses.map((response) => response.Properties.ResponseType);
    expect(types).toEqual(
      expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'THROTTLED', 'BAD_REQUEST_BODY']),
    );
    for (const { Properties } of responses) {
      expect(Object.keys(Properties.ResponseTemplates)).toEqual(['application/problem+json']);
      const text = Properties.ResponseTemplates['application/problem+json'];
      const problem = JSON.parse(text.replace('$context.error.messageString', '"Forbidden"'));
      expect(problem).toMatchObject({
        type: 'about:blank',
        title: expect.any(String),
        code: expect.stringMatching(/^[a-z-]+$/),
        detail: 'Forbidden',
      });
      expect(problem.status?.toString()).toBe(Properties.StatusCode);
    }
  });
});

describe('the function', () => {
  it('waits as long as API Gateway does, and no longer', () => {
    expect(functionNamed(templateWith(), 'jobs').Properties).toMatchObject({ Timeout: 29, MemorySize: 512 });
  });

  it('may read sources and jobs, keep jobs, and start executions', () => {
    const rights = rightsOf(templateWith({ inputPrefix: 'in/' }), 'jobs');
    expect(rights.map((right: any) => right.Action)).toEqual([
      ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      'states:StartExecution',
    ]);
    expect(JSON.stringify(rights)).toContain(':s3:::data/in/*');
  });
});

describe('the function of an encrypted bucket', () => {
  it('may decrypt, and no more, since it reads only', () => {
    const template = templateOf((stack) => {
      const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:123456789012:key/one');
      apiIn(stack, {
        bucket: s3.Bucket.fromBucketAttributes(stack, 'Own', { bucketName: 'data', encryptionKey }),
      });
    });
    const [right, ...others] = rightsOf(template, 'jobs').filter(({ Action }: any) =>
      `${Action}`.includes('kms'),
    );
    expect(right).toMatchObject({ Action: 'kms:Decrypt' });
    expect(others).toEqual([]);
  });
});

describe('props', () => {
  it('may be tokens', () => {
    templateWith({ throttlingRateLimit: Token.asNumber({ Ref: 'Rate' }) }).hasResourceProperties(
      'AWS::ApiGateway::Stage',
      { MethodSettings: [Match.objectLike({ ThrottlingRateLimit: { Ref: 'Rate' } })] },
    );
  });

  it('choose who may call', () => {
    const open = methodsOf(templateWith({ authorization: ApiAuthorization.none() }));
    expect(open['POST /trigger'].AuthorizationType).toBe('NONE');
    const template = templateOf((stack) => {
      const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, 'Users', {
        cognitoUserPools: [new cognito.UserPool(stack, 'Pool')],
      });
      apiIn(stack, { authorization: ApiAuthorization.authorizer(authorizer) });
    });
    expect(methodsOf(template)['GET /status/{jobId}']).toMatchObject({
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: { Ref: expect.stringContaining('Users') },
    });
  });

  it('set throttling and an access log', () => {
    const template = templateOf((stack) => {
      const group = new logs.LogGroup(stack, 'Access');
      apiIn(stack, {
        throttlingRateLimit: 1,
        throttlingBurstLimit: 2,
        accessLogDestination: new apigateway.LogGroupLogDestination(group),
      });
    });
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      AccessLogSetting: { DestinationArn: Match.anyValue(), Format: Match.stringLikeRegexp('requestId') },
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 })],
    });
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  it.each<[Own, string]>([
    [{ inputPrefix: 'raw' }, 'inputPrefix must end with a slash'],
    [{ inputSuffixes: [] }, 'inputSuffixes must be one or more texts'],
    [{ environmentSuffix: '-' }, 'environmentSuffix must be 1 to 20'],
    [{ jobRetention: Duration.days(7) }, 'jobRetention must be at least 90 days, as long as the names'],
    [{ runtime: lambda.Runtime.PYTHON_3_12 }, 'runtime must be a Node.js runtime, got python3.12'],
    [{ pipeline: '' }, 'pipeline must be 1 to 100 letters, digits, hyphens, underscores and dots, got ""'],
    [{ throttlingRateLimit: -1 }, 'throttlingRateLimit must be a number from 0, got -1'],
    [{ throttlingBurstLimit: 1.5 }, 'throttlingBurstLimit must be a whole number from 0, got 1.5'],
  ])('%j are refused', (props, message) => {
    expect(errorOf((stack) => apiIn(stack, props))).toContain(`Shop/Jobs: ${message}`);
  });
});

describe('grants and metrics', () => {
  const resourcesGranted = (grant: (api: EtlApi, user: iam.User) => iam.Grant): string => {
    const template = templateOf((stack) => {
      grant(apiIn(stack), new iam.User(stack, 'User')).assertSuccess();
    });
    const [statement] = resourceOfType(template, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
    expect(statement.Action).toBe('execute-api:Invoke');
    return JSON.stringify(statement.Resource);
  };

  it('let others call both operations, or one', () => {
    const both = resourcesGranted((api, user) => api.grantInvoke(user));
    expect(both).toMatch(/GET\/status.*POST\/trigger/);
    expect(resourcesGranted((api, user) => api.grantInvokeStatus(user))).not.toContain('POST');
    expect(resourcesGranted((api, user) => api.grantInvokeTrigger(user))).not.toContain('GET');
  });

  it('measure requests and their errors', () => {
    templateOf((stack) => {
      const api = apiIn(stack);
      const names = [api.metricCount(), api.metricClientError(), api.metricServerError()].map(
        (metric) => metric.metricName,
      );
      expect(names).toEqual(['Count', '4XXError', '5XXError']);
    });
  });
});
