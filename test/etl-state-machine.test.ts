import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Duration, Lazy, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  CsvSchema,
  Dialect,
  Enrichment,
  EtlBucket,
  type EtlBucketProps,
  EtlStateMachine,
  type EtlStateMachineProps,
  FieldType,
  LookupSource,
  RejectPolicy,
  Transform,
  WhenMissing,
} from '../src';
import {
  appWith,
  definitionErrors,
  definitionOf,
  errorOf,
  functionNamed,
  resourceOfType,
  rightsOf,
  templateOf,
} from './synthesis';

type Own = Partial<EtlStateMachineProps>;

const folder = mkdtempSync(join(tmpdir(), 'lookup-'));
const LOOKUP_FILE = join(folder, 'lookup.csv');
writeFileSync(LOOKUP_FILE, 'a,b\n1,2\n');
afterAll(() => rmSync(folder, { recursive: true }));

/** A state machine alone, on a bucket and a table that somebody else has made. */
function machineIn(stack: Stack, props: Own = {}): EtlStateMachine {
  return new EtlStateMachine(stack, 'Machine', {
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'data'),
    jobTable: dynamodb.Table.fromTableName(stack, 'Table', 'jobs'),
    ...props,
  });
}

const templateWith = (props?: Own) => templateOf((stack) => machineIn(stack, props));

const S3_ARN = (resource: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${resource}`]],
});
const listing = (...prefixes: string[]) =>
  expect.objectContaining({
    Action: 's3:ListBucket',
    Resource: S3_ARN('data'),
    Condition: { StringLikeIfExists: { 's3:prefix': prefixes.length === 1 ? prefixes : prefixes } },
  });
const allowed = (Action: string | string[], ...resources: string[]) =>
  expect.objectContaining({
    Action,
    Resource: resources.length === 1 ? S3_ARN(resources[0]) : resources.map(S3_ARN),
  });
const WRITE = ['s3:PutObject', 's3:AbortMultipartUpload'];
const SPEC_READ = expect.objectContaining({
  Action: 's3:GetObject',
  Resource: {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':s3:::',
        { 'Fn::Sub': expect.stringContaining('assets') },
        expect.stringMatching(/^\/\?{64}\.json$/),
      ],
    ],
  },
});

describe('a state machine alone in a stack', () => {
  it('is STANDARD, traced, and logged without the data of its executions', () => {
    const template = templateWith();
    const machine = resourceOfType(template, 'AWS::StepFunctions::StateMachine');
    expect(machine.Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
    });
    const name = machine.Properties.StateMachineName;
    expect(name).toMatch(/^shop-machine-dev-[0-9a-f]{8}$/);
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/vendedlogs/states/${name}`,
      RetentionInDays: 7,
    });
  });

  it('has a valid definition that calls its functions and knows its spec', () => {
    const template = templateWith();
    const definition = definitionOf(template);
    expect(definitionErrors(definition)).toEqual([]);
    expect(definition.States.Validate.Parameters.FunctionName).toContain('Validate');
    expect(definition.States.Finish.Parameters.FunctionName).toContain('Finish');
    expect(definition.States.SetValidating.Parameters.TableName).toBe('jobs');
    expect(definition.States.Enrich.Parameters.Payload.spec).toEqual({
      bucket: 'assets',
      key: expect.stringMatching(/^[0-9a-f]{64}\.json$/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(definition.TimeoutSeconds).toBe(6 * 3600);
  });

  it('may invoke its four functions, update the table, and deliver logs and traces', () => {
    const template = templateWith();
    const [role] = Object.values(template.findResources('AWS::IAM::Role')).filter((each) =>
      JSON.stringify(each.Properties.AssumeRolePolicyDocument).includes('states.amazonaws.com'),
    );
    const [invoke, table, unbound, ...others] = role.Properties.Policies[0].PolicyDocument.Statement;
    expect(invoke).toMatchObject({ Action: 'lambda:InvokeFunction' });
    expect(invoke.Resource).toHaveLength(4);
    expect(table).toMatchObject({ Action: 'dynamodb:UpdateItem' });
    expect(JSON.stringify(table.Resource)).toMatch(/table\/jobs"/);
    expect(unbound.Resource).toBe('*');
    expect(unbound.Action.every((action: string) => /^(logs|xray):/.test(action))).toBe(true);
    expect(others).toEqual([]);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  it('has executions recorded that failed, timed out or were stopped past every Catch', () => {
    const template = templateWith();
    const rule = resourceOfType(template, 'AWS::Events::Rule').Properties;
    expect(rule.EventPattern).toMatchObject({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    });
    expect(rule.Targets[0].Arn['Fn::GetAtt'][0]).toContain('Finish');
    expect(rule.Targets[0].DeadLetterConfig.Arn['Fn::GetAtt'][0]).toContain('FinishDeadLetterQueue');
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'events.amazonaws.com' });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 'sqs:*' }),
          Match.objectLike({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } }),
        ]),
      },
    });
  });
});

describe('rights', () => {
  const template = templateWith({ inputPrefix: 'in/' });

  it('of validate: read the version of the source, write its staging', () => {
    expect(rightsOf(template, 'validate')).toEqual([
      allowed('s3:GetObjectVersion', 'data/in/*'),
      allowed(WRITE, 'data/staging/*/validate/*'),
      listing('in/*'),
      SPEC_READ,
    ]);
  });

  it.each(['transform', 'enrich'])('of %s: read staging, write its own part of it', (step) => {
    expect(rightsOf(template, step)).toEqual([
      allowed('s3:GetObject', 'data/staging/*'),
      allowed(WRITE, `data/staging/*/${step}/*`),
      listing('staging/*'),
      SPEC_READ,
    ]);
  });

  it('of finish: publish, replace its rejects file, and keep the job', () => {
    const [read, version, write, remove, list, items, spec, ...others] = rightsOf(template, 'finish');
    expect(read).toEqual(allowed('s3:GetObject', 'data/in/*', 'data/staging/*', 'data/processed/*'));
    expect(version).toEqual(allowed('s3:GetObjectVersion', 'data/in/*'));
    expect(write).toEqual(allowed(WRITE, 'data/staging/*/finish/*', 'data/processed/*', 'data/failed/*'));
    expect(remove).toEqual(allowed('s3:DeleteObject', 'data/failed/*'));
    expect(list).toEqual(listing('in/*', 'processed/*', 'staging/*'));
    expect(items).toMatchObject({ Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'] });
    expect(spec).toEqual(SPEC_READ);
    expect(others).toEqual([]);
  });

  it('reach the keys of a bucket and of a table that have one', () => {
    const encrypted = templateOf((stack) => {
      const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:123456789012:key/one');
      machineIn(stack, {
        bucket: s3.Bucket.fromBucketAttributes(stack, 'Encrypted', { bucketName: 'data', encryptionKey }),
        jobTable: dynamodb.Table.fromTableAttributes(stack, 'EncryptedTable', {
          tableName: 'jobs',
          encryptionKey,
        }),
      });
    });
    const kmsActions = rightsOf(encrypted, 'finish').filter(({ Action }: any) =>
      `${Action}`.includes('kms:'),
    );
    expect(kmsActions).toMatchObject([
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'] },
      { Action: 'kms:Decrypt' },
    ]);
  });
});

describe('props', () => {
  it('reach the functions', () => {
    const template = templateWith({
      maxFileSize: Size.mebibytes(1),
      jobRetention: Duration.days(100),
      runtime: lambda.Runtime.NODEJS_22_X,
      timeout: Duration.minutes(10),
      pipeline: 'orders',
    });
    expect(functionNamed(template, 'validate').Properties.Environment.Variables).toEqual({
      ETL_MAX_FILE_SIZE_BYTES: '1048576',
    });
    expect(functionNamed(template, 'finish').Properties).toMatchObject({
      Runtime: 'nodejs22.x',
      Environment: {
        Variables: {
          ETL_PIPELINE: 'orders',
          ETL_JOB_TABLE: 'jobs',
          ETL_INPUT_PREFIX: 'raw/',
          ETL_JOB_RETENTION_SECONDS: '8640000',
        },
      },
    });
    expect(definitionOf(template).TimeoutSeconds).toBe(600);
  });

  it('may be tokens', () => {
    const template = templateWith({
      inputPrefix: Lazy.string({ produce: () => 'late/' }),
      jobRetention: Duration.seconds(Token.asNumber({ Ref: 'Seconds' })),
      maxFileSize: Size.bytes(Token.asNumber({ Ref: 'Bytes' })),
      timeout: Duration.seconds(Token.asNumber({ Ref: 'Timeout' })),
      pipeline: Token.asString({ Ref: 'Pipeline' }),
    });
    expect(functionNamed(template, 'validate').Properties.Environment.Variables).toEqual({
      ETL_MAX_FILE_SIZE_BYTES: { Ref: 'Bytes' },
    });
    expect(functionNamed(template, 'finish').Properties.Environment.Variables).toMatchObject({
      ETL_INPUT_PREFIX: 'late/',
      ETL_JOB_RETENTION_SECONDS: { Ref: 'Seconds' },
    });
  });

  it.each<[Own, string]>([
    [{ inputPrefix: 'processed/' }, 'inputPrefix must not overlap with processed/'],
    [
      { jobRetention: Duration.hours(1) },
      'jobRetention must be a whole number of days, at least 1, got 1 hour',
    ],
    [
      { jobRetention: Duration.days(89) },
      'jobRetention must be at least 90 days, as long as the names of ended executions stay taken, got 89 days',
    ],
    [{ maxFileSize: Size.bytes(0) }, 'maxFileSize must be a whole number of bytes, at least 1, got 0 bytes'],
    [
      { maxFileSize: Size.mebibytes(0.1) },
      'maxFileSize must be a whole number of bytes, at least 1, got 104857.6 bytes',
    ],
    [
      { uniqueBudget: Size.mebibytes(1.1) },
      'uniqueBudget must be a whole number of bytes, at least 1, got 1153433.6 bytes',
    ],
    [
      { timeout: Duration.seconds(0) },
      'timeout must be a whole number of seconds from 1 to 99999999, got 0 seconds',
    ],
    [
      { timeout: Duration.millis(500) },
      'timeout must be a whole number of seconds from 1 to 99999999, got 500 millis',
    ],
    [
      { timeout: Duration.seconds(100_000_000) },
      'timeout must be a whole number of seconds from 1 to 99999999, got 1157 days 9 hours',
    ],
    [{ runtime: lambda.Runtime.PYTHON_3_12 }, 'runtime must be a Node.js runtime, got python3.12'],
    [{ pipeline: '' }, 'pipeline must be 1 to 100 letters, digits, hyphens, underscores and dots, got ""'],
    [
      { pipeline: 'my orders' },
      'pipeline must be 1 to 100 letters, digits, hyphens, underscores and dots, got "my orders"',
    ],
    [{ environmentSuffix: 'Prod' }, 'environmentSuffix must be 1 to 20 lower-case letters'],
  ])('%j are refused', (props, message) => {
    expect(errorOf((stack) => machineIn(stack, props))).toContain(`Shop/Machine: ${message}`);
  });
});

describe('a bucket of EtlBucket', () => {
  const messageOf = (retentions: EtlBucketProps, timeout: Duration) =>
    errorOf((stack) =>
      machineIn(stack, { bucket: new EtlBucket(stack, 'Data', retentions).bucket, timeout }),
    );

  it('has to keep what is staged as long as a job may run', () => {
    expect(messageOf({}, Duration.hours(25))).toBe(
      'Shop/Machine: timeout must not be longer than stagingRetention of Shop/Data, got 1 day 1 hour and 1 day',
    );
    expect(messageOf({ stagingRetention: Duration.days(2) }, Duration.hours(25))).toBe('nothing was thrown');
  });

  it('has to keep replaced sources as long as a job may run', () => {
    const noncurrentVersionRetention = Duration.days(2);
    expect(
      messageOf({ stagingRetention: Duration.days(9), noncurrentVersionRetention }, Duration.days(3)),
    ).toBe(
      'Shop/Machine: timeout must not be longer than noncurrentVersionRetention of Shop/Data, got 3 days and 2 days',
    );
  });

  it('is not compared where only CloudFormation knows the times', () => {
    const late = Duration.days(Token.asNumber({ Ref: 'Days' }));
    expect(messageOf({ stagingRetention: late }, Duration.days(3))).toBe('nothing was thrown');
    expect(messageOf({}, Duration.seconds(Token.asNumber({ Ref: 'Seconds' })))).toBe('nothing was thrown');
  });
});

describe('the spec', () => {
  /** The spec's file, as it would be uploaded. */
  const specOf = (props: Own) => {
    const app = appWith();
    const stack = new Stack(app, 'Shop');
    const asset = machineIn(stack, props).specAsset;
    const { directory } = app.synth();
    const bytes = readFileSync(join(directory, asset.assetPath));
    const [spec] = [definitionOf(Template.fromStack(stack)).States.Validate.Parameters.Payload.spec];
    return { bytes, spec, content: JSON.parse(bytes.toString()) };
  };

  it('stands in the definition with the hash of its bytes', () => {
    const { bytes, spec } = specOf({});
    expect(spec.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('holds the limits that the props give', () => {
    const limits = {
      maxRecordSize: Size.kibibytes(64),
      maxFieldSize: Size.kibibytes(1),
      maxInflatedSize: Size.gibibytes(1),
      maxColumns: 10,
      maxRows: 20,
      maxRejectsKept: 30,
    };
    expect(specOf({ limits, uniqueBudget: Size.mebibytes(1) }).content.limits).toEqual({
      maxRecordBytes: 65_536,
      uniqueBudgetBytes: 1_048_576,
      maxFieldBytes: 1024,
      maxInflatedBytes: 1_073_741_824,
      maxColumns: 10,
      maxRows: 20,
      maxRejectsKept: 30,
    });
    expect(() => templateOf((stack) => machineIn(stack, { limits: { maxRows: 0 } }))).toThrow(
      'limits: maxRows: got 0, expected a whole number from 1',
    );
  });

  it('holds what the props say', () => {
    const { content } = specOf({
      schema: CsvSchema.of({ fields: [{ name: 'id', type: FieldType.INTEGER }, { name: 'product' }] }),
      dialect: Dialect.SEMICOLON,
      transforms: [Transform.trim('product')],
      enrichments: [Enrichment.lineage()],
      rejectPolicy: RejectPolicy.tolerateRows(3),
      uniqueBudget: Size.mebibytes(64),
    });
    expect(content).toMatchObject({
      version: 1,
      schema: { fields: [{ name: 'id', type: 'integer' }, { name: 'product' }] },
      dialect: { delimiter: ';' },
      transforms: [{ type: 'trim', columns: ['product'] }],
      enrichments: [{ type: 'lineage' }],
      rejectPolicy: { type: 'tolerate-rows', rows: 3 },
      limits: { uniqueBudgetBytes: 64 * 1024 * 1024 },
    });
  });

  it('leaves nothing in the temporary folder', () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('pipeline-spec-'));
    const before = folders();
    specOf({});
    expect(folders()).toEqual(before);
  });

  it('stays where assets are not copied into the assembly', () => {
    const stack = new Stack(appWith({ 'aws:cdk:disable-asset-staging': true }), 'Shop');
    const { assetPath } = machineIn(stack).specAsset;
    expect(JSON.parse(readFileSync(assetPath, 'utf8')).version).toBe(1);
    rmSync(dirname(assetPath), { recursive: true });
  });

  it('lets enrich read just the lookups that it names', () => {
    const lookup = (source: LookupSource) =>
      Enrichment.lookup({ source, on: { a: 'a' }, columns: { b: 'b' }, whenMissing: WhenMissing.empty() });
    const template = templateOf((stack) => {
      const machine = machineIn(stack, {
        enrichments: [
          lookup(LookupSource.fromBucket('reference/places.csv')),
          lookup(LookupSource.fromAsset(LOOKUP_FILE)),
        ],
      });
      expect(machine.lookupAssets).toHaveLength(1);
    });
    const rights = rightsOf(template, 'enrich') as any[];
    expect(rights.slice(0, 4)).toEqual([
      allowed('s3:GetObject', 'data/staging/*', 'data/reference/places.csv'),
      allowed('s3:GetObjectVersion', 'data/reference/places.csv'),
      allowed(WRITE, 'data/staging/*/enrich/*'),
      listing('reference/places.csv', 'staging/*'),
    ]);
    expect(rights).toHaveLength(6);
    expect(JSON.stringify(rights[4].Resource)).toMatch(/\?{64}\.csv/);
    expect(rightsOf(template, 'transform')).toHaveLength(4);
  });

  it('lets validate read just the files that foreign keys refer to', () => {
    const template = templateOf((stack) => {
      const machine = machineIn(stack, {
        schema: CsvSchema.of({
          fields: [{ name: 'a' }, { name: 'b' }],
          foreignKeys: [
            { fields: ['a'], source: LookupSource.fromBucket('reference/places.csv') },
            { fields: ['b'], source: LookupSource.fromAsset(LOOKUP_FILE) },
          ],
        }),
      });
      expect(machine.lookupAssets).toHaveLength(1);
    });
    const rights = rightsOf(template, 'validate') as any[];
    expect(rights.slice(0, 4)).toEqual([
      allowed('s3:GetObject', 'data/staging/*/validate/*', 'data/reference/places.csv'),
      allowed('s3:GetObjectVersion', 'data/raw/*', 'data/reference/places.csv'),
      allowed(WRITE, 'data/staging/*/validate/*'),
      listing('raw/*', 'reference/places.csv', 'staging/*/validate/*'),
    ]);
    expect(rights).toHaveLength(6);
    expect(JSON.stringify(rights[4].Resource)).toMatch(/\?{64}\.csv/);
    expect(JSON.stringify(rightsOf(template, 'enrich'))).not.toContain('places.csv');
  });

  it('lets what runs while the stack is updated go on with the spec and the lookups that it began with', () => {
    const deployed = (field: string) => {
      writeFileSync(LOOKUP_FILE, `a,b\n1,${field}\n`);
      let keys: string[] = [];
      const template = templateOf((stack) => {
        const source = LookupSource.fromAsset(LOOKUP_FILE);
        const { specAsset, lookupAssets } = machineIn(stack, {
          schema: CsvSchema.of({ fields: [{ name: 'a' }, { name: field }] }),
          enrichments: [Enrichment.lookup({ source, on: { a: 'a' }, columns: { b: 'c' } })],
        });
        keys = [specAsset, ...lookupAssets].map((asset) => asset.s3ObjectKey);
      });
      const patterns = (word: string): RegExp[] =>
        (rightsOf(template, word) as any[])
          .map(({ Resource }) => Resource['Fn::Join']?.[1].at(-1))
          .filter((end) => /^\/\?+\.(json|csv)$/.test(end))
          .map((end: string) => new RegExp(`^${end.slice(1).replaceAll('.', '\\.').replaceAll('?', '.')}$`));
      return { keys, patterns };
    };
    const { keys: oldKeys } = deployed('old');
    const { keys: newKeys, patterns } = deployed('new');
    const [oldSpec, oldLookup] = oldKeys;
    expect(newKeys).not.toContain(oldSpec);
    expect(newKeys).not.toContain(oldLookup);
    const reaches = (word: string, key: string) => patterns(word).some((pattern) => pattern.test(key));
    for (const word of ['validate', 'transform', 'enrich', 'finish']) {
      expect(reaches(word, oldSpec)).toBe(true);
      expect(reaches(word, newKeys[0])).toBe(true);
      expect(reaches(word, oldLookup)).toBe(word === 'enrich');
    }
  });

  it.each<[Own, RegExp]>([
    [
      {
        schema: CsvSchema.of({ fields: [{ name: 'id' }] }),
        transforms: [Transform.trim('idd')],
      },
      /^Shop\/Machine: .*idd/,
    ],
    [
      {
        schema: CsvSchema.of({ fields: [{ name: 'id' }] }),
        transforms: [Transform.derive('twice', 'id * nothing')],
      },
      /^Shop\/Machine: .*nothing/,
    ],
  ])('with a column that the schema lacks is refused with the path in front', (props, message) => {
    expect(errorOf((stack) => machineIn(stack, props))).toMatch(message);
  });

  it('cannot hold a token', () => {
    const uniqueBudget = Size.mebibytes(Token.asNumber({ Ref: 'Budget' }));
    expect(errorOf((stack) => machineIn(stack, { uniqueBudget }))).toBe(
      "Shop/Machine: uniqueBudget must be known at synthesis, since the pipeline's spec holds it; got a token",
    );
  });
});

describe('grants and metrics', () => {
  it('lets others start and read executions', () => {
    const template = templateOf((stack) => {
      const machine = machineIn(stack);
      const user = new iam.User(stack, 'User');
      machine.grantStartExecution(user).assertSuccess();
      machine.grantRead(user).assertSuccess();
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('states:StartExecution');
  });

  it('names metrics as its functions emit them', () => {
    templateOf((stack) => {
      const machine = machineIn(stack, { pipeline: 'orders' });
      const metrics = [
        machine.metricProcessingLatency(),
        machine.metricSuccessRate(),
        machine.metricFailureRate(),
        machine.metricRowsRead(),
        machine.metricRowsWritten(),
        machine.metricRowsRejected(),
        machine.metricRowsFiltered({ statistic: 'Maximum' }),
      ];
      expect(metrics.map(({ metricName, statistic }) => `${metricName} ${statistic}`)).toEqual([
        'ProcessingLatency Average',
        'SuccessRate Average',
        'FailureRate Average',
        'RowsRead Sum',
        'RowsWritten Sum',
        'RowsRejected Sum',
        'RowsFiltered Maximum',
      ]);
      for (const metric of metrics) {
        expect(metric).toMatchObject({ namespace: 'ServerlessCsvEtl', dimensions: { Pipeline: 'orders' } });
      }
    });
  });
});
