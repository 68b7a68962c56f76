import path from 'node:path';
import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EtlStateMachine, type EtlSteps, type StepFunctionOptions, StepHandler } from '../src';
import { appWith, definitionOf, errorOf, functionNamed, rightsOf, templateOf } from './synthesis';

function machineIn(stack: Stack, steps: EtlSteps, bucket?: s3.IBucket): EtlStateMachine {
  return new EtlStateMachine(stack, 'Machine', {
    bucket: bucket ?? s3.Bucket.fromBucketName(stack, 'Bucket', 'data'),
    jobTable: dynamodb.Table.fromTableName(stack, 'Table', 'jobs'),
    steps,
  });
}

const CODE = lambda.Code.fromInline('def handler(event, context): pass');

function ownFunction(stack: Stack, id = 'Own'): lambda.Function {
  return new lambda.Function(stack, id, {
    code: CODE,
    handler: 'index.handler',
    runtime: lambda.Runtime.PYTHON_3_13,
  });
}

const CREATE_ALARM = new iam.PolicyStatement({
  actions: ['sns:Publish'],
  resources: ['arn:aws:sns:::topic'],
});

describe('the built-in function', () => {
  it('is on arm64 with Node 24, a vCPU, 15 minutes, traces, JSON logs and a role of its own', () => {
    const template = templateOf((stack) => machineIn(stack, {}));
    expect(functionNamed(template, 'transform').Properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      MemorySize: 1769,
      Timeout: 900,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
    });
    const roles = ['validate', 'transform', 'enrich', 'finish'].map(
      (word) => functionNamed(template, word).Properties.Role['Fn::GetAtt'][0],
    );
    expect(new Set(roles).size).toBe(4);
  });

  it('writes to its own log group only, which it cannot make again', () => {
    const template = templateOf((stack) => machineIn(stack, {}));
    const { Role, FunctionName, LoggingConfig } = functionNamed(template, 'enrich').Properties;
    const role = template.findResources('AWS::IAM::Role')[Role['Fn::GetAtt'][0]];
    const [logs, traces] = role.Properties.Policies[0].PolicyDocument.Statement;
    const logGroup = LoggingConfig.LogGroup.Ref;
    expect(logs).toMatchObject({
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
    });
    expect(traces).toMatchObject({
      Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      Resource: '*',
    });
    expect(role.Properties.ManagedPolicyArns).toBeUndefined();
    expect(template.findResources('AWS::Logs::LogGroup')[logGroup]).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { LogGroupName: `/aws/lambda/${FunctionName}`, RetentionInDays: 7 },
    });
  });

  it('takes memory, time, variables and rights', () => {
    const template = templateOf((stack) =>
      machineIn(stack, {
        validate: StepHandler.builtIn({
          memorySize: 3008,
          timeout: Duration.minutes(3),
          environment: { B: '2', A: '1' },
          initialPolicy: [CREATE_ALARM],
        }),
      }),
    );
    const { Environment, ...others } = functionNamed(template, 'validate').Properties;
    expect(others).toMatchObject({ MemorySize: 3008, Timeout: 180 });
    expect(Object.keys(Environment.Variables)).toEqual(['A', 'B', 'ETL_MAX_FILE_SIZE_BYTES']);
    expect(rightsOf(template, 'validate')).toContainEqual(expect.objectContaining({ Action: 'sns:Publish' }));
  });
});

describe('code of the user', () => {
  it('becomes a function with the name, log, traces and rights of its step', () => {
    const template = templateOf((stack) =>
      machineIn(stack, {
        transform: StepHandler.fromCode({
          code: lambda.Code.fromAsset(path.join(__dirname, '..', 'src', 'shared')),
          handler: 'app.handler',
          runtime: lambda.Runtime.PYTHON_3_13,
          architecture: lambda.Architecture.X86_64,
          memorySize: 512,
        }),
      }),
    );
    expect(functionNamed(template, 'transform').Properties).toMatchObject({
      Architectures: ['x86_64'],
      Runtime: 'python3.13',
      Handler: 'app.handler',
      MemorySize: 512,
      TracingConfig: { Mode: 'Active' },
    });
    expect(JSON.stringify(rightsOf(template, 'transform'))).toContain('staging/*/transform/*');
  });

  it('runs on the runtime of the pipeline where it names none', () => {
    const template = templateOf((stack) =>
      machineIn(stack, { enrich: StepHandler.fromCode({ code: CODE, handler: 'index.handler' }) }),
    );
    expect(functionNamed(template, 'enrich').Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    });
  });
});

describe('a function that is passed in', () => {
  const policyOf = (template: Template) =>
    JSON.stringify(Object.values(template.findResources('AWS::IAM::Policy')).map((each) => each.Properties));

  it('is called, and gets the rights of its step', () => {
    const template = templateOf((stack) => {
      const own = ownFunction(stack);
      expect(machineIn(stack, { transform: StepHandler.fromFunction(own) }).transformFunction).toBe(own);
      Annotations.fromStack(stack).hasNoInfo('*', Match.anyValue());
    });
    expect(definitionOf(template).States.Transform.Parameters.FunctionName).toContain('Own');
    const policy = policyOf(template);
    expect(policy).toContain('staging/*/transform/*');
    expect(policy).toContain('.json');
  });

  it('of another stack gets its rights without a reference to the stack of the pipeline', () => {
    const app = appWith();
    const functions = new Stack(app, 'Functions');
    const own = ownFunction(functions);
    const pipeline = new Stack(app, 'Pipeline');
    const bucket = new s3.Bucket(pipeline, 'Named', { bucketName: 'named' });
    machineIn(pipeline, { enrich: StepHandler.fromFunction(own) }, bucket);
    app.synth();
    expect(policyOf(Template.fromStack(functions))).toContain(':s3:::named/staging/*/enrich/*');
    expect(functions.dependencies).toEqual([]);
  });

  it('of another stack is left to the user where a right would need a reference', () => {
    const app = appWith();
    const functions = new Stack(app, 'Functions');
    const own = ownFunction(functions);
    const pipeline = new Stack(app, 'Pipeline');
    machineIn(pipeline, { enrich: StepHandler.fromFunction(own) }, new s3.Bucket(pipeline, 'Unnamed'));
    app.synth();
    expect(functions.dependencies).toEqual([]);
    Annotations.fromStack(pipeline).hasInfo(
      '/Pipeline/Machine',
      Match.stringLikeRegexp('the function Functions/Own is imported or in another stack'),
    );
  });

  it('and was imported is called, and left to the user', () => {
    const template = templateOf((stack) => {
      const own = lambda.Function.fromFunctionName(stack, 'Imported', 'own');
      machineIn(stack, { validate: StepHandler.fromFunction(own) });
      Annotations.fromStack(stack).hasInfo(
        '/Shop/Machine',
        Match.stringLikeRegexp('Shop/Imported is imported'),
      );
    });
    expect(definitionOf(template).States.Validate.Parameters.FunctionName).toContain(':function:own');
  });

  it('may be an alias, which is then what is called', () => {
    const template = templateOf((stack) => {
      const alias = new lambda.Alias(stack, 'Live', {
        aliasName: 'live',
        version: ownFunction(stack).currentVersion,
      });
      machineIn(stack, { validate: StepHandler.fromFunction(alias) });
    });
    expect(definitionOf(template).States.Validate.Parameters.FunctionName).toContain('Live');
  });
});

it('one handler can serve two pipelines', () => {
  const app: App = appWith();
  const handler = StepHandler.builtIn({ memorySize: 2048 });
  const stacks = ['One', 'Two'].map((id) => {
    const stack = new Stack(app, id);
    machineIn(stack, { validate: handler });
    return stack;
  });
  const names = stacks.map(
    (stack) => functionNamed(Template.fromStack(stack), 'validate').Properties.FunctionName,
  );
  expect(new Set(names).size).toBe(2);
});

describe('wrong props of a step', () => {
  it.each<[StepFunctionOptions, string]>([
    [
      { memorySize: 64 },
      "the validate step's memorySize must be a whole number of MB from 128 to 10240, got 64",
    ],
    [
      { memorySize: 10_241 },
      "the validate step's memorySize must be a whole number of MB from 128 to 10240, got 10241",
    ],
    [
      { memorySize: 1.5 },
      "the validate step's memorySize must be a whole number of MB from 128 to 10240, got 1.5",
    ],
    [
      { timeout: Duration.minutes(16) },
      "the validate step's timeout must be a whole number of seconds from 1 to 900, got 16 minutes",
    ],
    [
      { timeout: Duration.millis(1500) },
      "the validate step's timeout must be a whole number of seconds from 1 to 900, got 1 second 500 millis",
    ],
    [
      { environment: { ETL_Z: '', MINE: '', ETL_A: '' } },
      "the validate step's environment must not set names that begin with ETL_, got ETL_A",
    ],
  ])('%j are refused', (options, message) => {
    expect(errorOf((stack) => machineIn(stack, { validate: StepHandler.builtIn(options) }))).toBe(
      `Shop/Machine: ${message}`,
    );
  });

  it('tokens are not refused', () => {
    const number = (Ref: string) => Token.asNumber({ Ref });
    const template = templateOf((stack) =>
      machineIn(stack, {
        validate: StepHandler.builtIn({
          memorySize: number('Memory'),
          timeout: Duration.seconds(number('Timeout')),
        }),
      }),
    );
    expect(functionNamed(template, 'validate').Properties).toMatchObject({
      MemorySize: { Ref: 'Memory' },
      Timeout: { Ref: 'Timeout' },
    });
  });
});
