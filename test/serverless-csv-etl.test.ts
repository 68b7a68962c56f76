import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  ApiAuthorization,
  CsvSchema,
  Dialect,
  Enrichment,
  FieldType,
  LookupSource,
  RejectPolicy,
  ServerlessCsvEtl,
  type ServerlessCsvEtlProps,
  StepHandler,
  Transform,
  WhenMissing,
} from '../src';
import {
  appWith,
  definitionErrors,
  definitionOf,
  errorOf,
  resourceOfType,
  resourcesOfType,
  stableTemplate,
  templateOf,
} from './synthesis';

const etlIn = (stack: Stack, props?: ServerlessCsvEtlProps) => new ServerlessCsvEtl(stack, 'Orders', props);

describe('a pipeline', () => {
  it('needs no props', () => {
    const template = templateOf((stack) => etlIn(stack));
    expect(stableTemplate(template)).toMatchSnapshot();
    expect(definitionErrors(definitionOf(template))).toEqual([]);
  });

  it('takes all props', () => {
    const template = templateOf((stack) =>
      etlIn(stack, {
        environmentSuffix: 'prod',
        schema: CsvSchema.of({ fields: [{ name: 'id', type: FieldType.INTEGER }, { name: 'place' }] }),
        dialect: Dialect.TSV,
        transforms: [Transform.trim('place')],
        enrichments: [
          Enrichment.lookup({
            source: LookupSource.fromBucket('reference/places.csv'),
            on: { place: 'code' },
            columns: { name: 'place_name' },
            whenMissing: WhenMissing.reject(),
          }),
        ],
        rejectPolicy: RejectPolicy.toleratePercent(5),
        steps: {
          validate: StepHandler.builtIn({ memorySize: 3008 }),
          transform: StepHandler.fromCode({
            code: lambda.Code.fromInline('def handler(event, context): pass'),
            handler: 'index.handler',
            runtime: lambda.Runtime.PYTHON_3_13,
          }),
          enrich: StepHandler.fromFunction(lambda.Function.fromFunctionName(stack, 'Enrich', 'enrich')),
        },
        topic: new sns.Topic(stack, 'Alarms'),
        inputPrefix: 'incoming/',
        inputSuffixes: ['.csv', '.txt'],
        maxFileSize: Size.mebibytes(100),
        uniqueBudget: Size.mebibytes(256),
        timeout: Duration.hours(1),
        rawRetention: Duration.days(10),
        failedRetention: Duration.days(20),
        stagingRetention: Duration.days(2),
        noncurrentVersionRetention: Duration.days(3),
        jobRetention: Duration.days(365),
        apiAuthorization: ApiAuthorization.none(),
        throttlingRateLimit: 5,
        throttlingBurstLimit: 10,
        accessLogDestination: new apigateway.LogGroupLogDestination(new logs.LogGroup(stack, 'Access')),
        qualityCheckSchedule: events.Schedule.cron({ hour: '6', minute: '30' }),
        stuckAfter: Duration.minutes(30),
        rejectRateThreshold: 1,
        runtime: lambda.Runtime.NODEJS_22_X,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
    );
    expect(stableTemplate(template)).toMatchSnapshot();
    expect(definitionErrors(definitionOf(template))).toEqual([]);
  });

  it('is one pipeline for all its parts, and says so to tools', () => {
    const template = templateOf((stack) => {
      const etl = etlIn(stack, { environmentSuffix: 'test' });
      expect(etl.environmentSuffix).toBe('test');
      expect(etl.pipeline).toMatch(/^shop-orders-test-[0-9a-f]{8}$/);
      expect([etl.stateMachine.pipeline, etl.trigger.pipeline, etl.api.pipeline]).toEqual(
        Array(3).fill(etl.pipeline),
      );
    });
    const functions = resourcesOfType(template, 'AWS::Lambda::Function');
    const [description] = functions.flatMap(
      ({ Metadata }) => Metadata?.['serverless-csv-etl:pipeline'] ?? [],
    );
    expect(description).toMatchObject({
      path: 'Shop/Orders',
      environmentSuffix: 'test',
      inputPrefix: 'raw/',
    });
    const pipelines = functions.flatMap(
      ({ Properties }) => Properties.Environment?.Variables.ETL_PIPELINE ?? [],
    );
    expect(pipelines).toHaveLength(4);
    expect(new Set(pipelines)).toEqual(new Set([description.pipeline]));
  });
});

describe('outputs', () => {
  const NAMES = [
    'BucketName',
    'JobTableName',
    'StateMachineArn',
    'ApiUrl',
    'DashboardName',
    'TriggerFunctionName',
    'ValidateFunctionName',
    'TransformFunctionName',
    'EnrichFunctionName',
    'FinishFunctionName',
    'QualityCheckFunctionName',
    'ApiFunctionName',
    'TriggerQueueUrl',
    'FinishQueueUrl',
    'QualityCheckQueueUrl',
  ];

  it('have the path and a name as logical ids, and export nothing', () => {
    const { Outputs } = templateOf((stack) => etlIn(stack)).toJSON();
    expect(Object.keys(Outputs)).toEqual(NAMES.map((name) => `Orders${name}`));
    expect(JSON.stringify(Outputs)).not.toContain('Export');
  });

  it('of a pipeline inside another construct carry the whole path', () => {
    const { Outputs } = templateOf((stack) => {
      new ServerlessCsvEtl(new Construct(stack, 'Sales-EU'), 'Orders');
    }).toJSON();
    expect(Object.keys(Outputs)).toEqual(NAMES.map((name) => `SalesEUOrders${name}`));
  });
});

describe('several pipelines', () => {
  /** Every name that is fixed in the templates, whatever the type of its resource. */
  function namesIn(templates: Template[]): string[] {
    const nameProperties =
      /^(FunctionName|TableName|BucketName|QueueName|StateMachineName|AlarmName|DashboardName|LogGroupName|Name)$/;
    const own =
      /^AWS::(Lambda::Function|DynamoDB::Table|S3::Bucket|SQS::Queue|StepFunctions|CloudWatch|Logs|Events::Rule|ApiGateway::RestApi)/;
    return templates.flatMap((template) =>
      Object.values(template.toJSON().Resources as Record<string, any>)
        .filter(({ Type }) => own.test(Type))
        .flatMap(({ Type, Properties }) =>
          Object.entries(Properties ?? {})
            .filter(([property]) => nameProperties.test(property))
            .map(([, name]) => `${Type} ${JSON.stringify(name)}`),
        ),
    );
  }

  it('share a stack', () => {
    const template = templateOf((stack) => {
      new ServerlessCsvEtl(stack, 'Orders');
      new ServerlessCsvEtl(stack, 'Customers');
    });
    const names = namesIn([template]);
    expect(names.length).toBeGreaterThan(60);
    expect(new Set(names).size).toBe(names.length);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 2);
  });

  it('share an account, one for each suffix', () => {
    const templates = ['dev', 'prod'].map((environmentSuffix) =>
      templateOf((stack) => etlIn(stack, { environmentSuffix })),
    );
    const names = namesIn(templates);
    expect(new Set(names).size).toBe(names.length);
    expect(namesIn([templates[1]]).every((name) => name.includes('-prod-'))).toBe(true);
  });

  it('keep to the limits of names where ids and suffix are long', () => {
    const app = appWith();
    const stack = new Stack(app, `Stack-${'a'.repeat(90)}`);
    new ServerlessCsvEtl(stack, `Pipeline-${'b'.repeat(90)}`, { environmentSuffix: 'c'.repeat(20) });
    const template = Template.fromStack(stack);
    const longest = (type: string, property: string) =>
      Math.max(...resourcesOfType(template, type).map(({ Properties }) => Properties[property]?.length ?? 0));
    expect(longest('AWS::Lambda::Function', 'FunctionName')).toBe(64);
    expect(longest('AWS::Events::Rule', 'Name')).toBe(64);
    expect(longest('AWS::SQS::Queue', 'QueueName')).toBe(80);
    expect(longest('AWS::StepFunctions::StateMachine', 'StateMachineName')).toBe(80);
    expect(longest('AWS::CloudWatch::Alarm', 'AlarmName')).toBeLessThanOrEqual(255);
    expect(longest('AWS::ApiGateway::RestApi', 'Name')).toBeLessThanOrEqual(128);
  });
});

describe('grants and metrics', () => {
  it('are there for what a user of the pipeline does', () => {
    const template = templateOf((stack) => {
      const etl = etlIn(stack);
      const user = new iam.User(stack, 'User');
      etl.grantPutRaw(user).assertSuccess();
      etl.grantReadProcessed(user).assertSuccess();
      etl.grantReadFailed(user).assertSuccess();
      const metrics = [etl.metricProcessingLatency(), etl.metricSuccessRate(), etl.metricFailureRate()];
      expect(metrics.map((metric) => metric.dimensions)).toEqual(Array(3).fill({ Pipeline: etl.pipeline }));
    });
    const users = Object.values(template.findResources('AWS::IAM::Policy')).filter(
      ({ Properties }) => Properties.Users,
    );
    expect(JSON.stringify(users)).toMatch(/raw\/\*.*processed\/\*.*failed\/\*/);
  });
});

describe('wrong props', () => {
  it.each<[ServerlessCsvEtlProps, string]>([
    [
      { schema: CsvSchema.of({ fields: [{ name: 'id' }] }), transforms: [Transform.drop('iid')] },
      'Shop/Orders/StateMachine: ',
    ],
    [{ environmentSuffix: 'Dev_1' }, 'Shop/Orders: environmentSuffix must be 1 to 20 lower-case letters'],
    [{ rawRetention: Duration.days(0) }, 'Shop/Orders/Bucket: rawRetention must be a whole number of days'],
    [{ inputPrefix: 'staging/in/' }, 'Shop/Orders/Bucket: inputPrefix must not overlap with staging/'],
    [{ inputSuffixes: [] }, 'Shop/Orders/Trigger: inputSuffixes must be one or more texts'],
    [
      { jobRetention: Duration.minutes(1) },
      'Shop/Orders/StateMachine: jobRetention must be a whole number of days',
    ],
    [
      { timeout: Duration.days(2) },
      'Shop/Orders/StateMachine: timeout must not be longer than stagingRetention of Shop/Orders/Bucket, got 2 days and 1 day',
    ],
    [
      { inputPrefix: 'new files/' },
      'Shop/Orders/Trigger: inputPrefix must hold only letters A to Z, digits and',
    ],
    [
      { runtime: lambda.Runtime.PYTHON_3_12 },
      'Shop/Orders/StateMachine: runtime must be a Node.js runtime, got python3.12',
    ],
  ])('%j are refused with the path in front', (props, message) => {
    expect(errorOf((stack) => etlIn(stack, props))).toContain(message);
  });
});

it('nothing of a pipeline outlives its stack unless it is told to', () => {
  const template = templateOf((stack) => etlIn(stack));
  expect(JSON.stringify(template.toJSON())).not.toMatch(/"(Retain|RetainExceptOnCreate|Snapshot)"/);
  expect(resourceOfType(template, 'AWS::S3::Bucket').DeletionPolicy).toBe('Delete');
});
