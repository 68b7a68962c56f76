/**
 * Properties of each type that the run acts on, or that change nothing in it: words, tags, access logs, and where the
 * API can be reached from. Any other is refused by name.
 */
export const API_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::RestApi': [
    'BinaryMediaTypes',
    'Description',
    'DisableExecuteApiEndpoint',
    'EndpointConfiguration',
    'MinimumCompressionSize',
    'Name',
    'Tags',
  ],
  'AWS::ApiGateway::Resource': ['ParentId', 'PathPart', 'RestApiId'],
  'AWS::ApiGateway::Method': [
    'ApiKeyRequired',
    'AuthorizationType',
    'HttpMethod',
    'Integration',
    'MethodResponses',
    'OperationName',
    'RequestModels',
    'RequestParameters',
    'RequestValidatorId',
    'ResourceId',
    'RestApiId',
  ],
  'AWS::ApiGateway::Model': ['ContentType', 'Description', 'Name', 'RestApiId', 'Schema'],
  'AWS::ApiGateway::RequestValidator': [
    'Name',
    'RestApiId',
    'ValidateRequestBody',
    'ValidateRequestParameters',
  ],
  'AWS::ApiGateway::GatewayResponse': [
    'ResponseParameters',
    'ResponseTemplates',
    'ResponseType',
    'RestApiId',
    'StatusCode',
  ],
  'AWS::ApiGateway::Deployment': ['Description', 'RestApiId'],
  'AWS::ApiGateway::Stage': [
    'AccessLogSetting',
    'DeploymentId',
    'Description',
    'MethodSettings',
    'RestApiId',
    'StageName',
    'Tags',
    'TracingEnabled',
    'Variables',
  ],
  'AWS::ApiGateway::Account': ['CloudWatchRoleArn', 'RestApiId'],
};
