import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { LogGroupLogDestination } from 'aws-cdk-lib/aws-apigateway';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { everyTransform } from './every-transform';
import { ordersSchema } from './orders-schema';
import {
  ApiAuthorization,
  Dialect,
  Encoding,
  Enrichment,
  LookupSource,
  OutputFormat,
  ParquetCompression,
  RejectPolicy,
  ServerlessCsvEtl,
  StepHandler,
  WhenMissing,
} from 'serverless-csv-etl';

/** Every prop of a pipeline that makes its own bucket and table. */
export class EverythingStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ServerlessCsvEtl(this, 'Orders', {
      environmentSuffix: 'test',
      schema: ordersSchema(),
      dialect: Dialect.of({
        delimiter: ';',
        quoteChar: "'",
        escapeChar: '\\',
        header: true,
        commentChar: '#',
        skipInitialSpace: true,
        encoding: Encoding.WINDOWS_1252,
        skipLines: 2,
        headerRows: [1, 2],
        headerJoin: '_',
        nullSequence: '\\N',
      }),
      transforms: everyTransform(this),
      enrichments: [
        Enrichment.lookup({
          source: LookupSource.fromAsset('files/countries.csv'),
          on: { country: 'code' },
          columns: { name: 'country_name', currency: 'country_currency' },
          whenMissing: WhenMissing.value('unknown'),
        }),
        Enrichment.lookup({
          source: LookupSource.fromBucket('reference/products.csv'),
          on: { sold_by: 'unit', product: 'product' },
          columns: { weight: 'weight' },
          whenMissing: WhenMissing.reject(),
        }),
        Enrichment.constant('shop', 'Größe & Söhne'),
        Enrichment.lineage(),
      ],
      rejectPolicy: RejectPolicy.toleratePercent(12.5),
      outputFormat: OutputFormat.parquet({
        compression: ParquetCompression.GZIP,
        rowGroupSize: Size.mebibytes(32),
        decimalPrecision: 18,
        decimalScale: 6,
      }),
      steps: {
        validate: StepHandler.builtIn({
          memorySize: 2048,
          timeout: Duration.minutes(10),
          environment: { ZONE: 'north', AREA: 'sales', LEVEL: '3' },
          initialPolicy: [new PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'] })],
        }),
      },
      topic: new Topic(this, 'Alarms'),
      inputPrefix: 'in/',
      inputSuffixes: ['.csv', '.txt'],
      maxFileSize: Size.gibibytes(2),
      uniqueBudget: Size.mebibytes(256),
      limits: {
        maxRecordSize: Size.mebibytes(1),
        maxFieldSize: Size.kibibytes(64),
        maxColumns: 100,
        maxRows: 1_000_000,
        maxInflatedSize: Size.gibibytes(4),
        maxRejectsKept: 5000,
      },
      timeout: Duration.hours(2),
      rawRetention: Duration.days(14),
      failedRetention: Duration.days(60),
      stagingRetention: Duration.days(2),
      noncurrentVersionRetention: Duration.days(3),
      jobRetention: Duration.days(120),
      apiAuthorization: ApiAuthorization.iam(),
      throttlingRateLimit: 5.5,
      throttlingBurstLimit: 20,
      accessLogDestination: new LogGroupLogDestination(new LogGroup(this, 'AccessLog')),
      qualityCheckSchedule: Schedule.rate(Duration.hours(12)),
      stuckAfter: Duration.minutes(90),
      rejectRateThreshold: 7.5,
      runtime: Runtime.NODEJS_22_X,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
