import { Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ApiAuthorization,
  CsvQuoting,
  CsvSchema,
  Dialect,
  JobTable,
  LookupSource,
  OutputFormat,
  RejectPolicy,
  ServerlessCsvEtl,
  StepHandler,
  Transform,
} from 'serverless-csv-etl';

/** Resources that exist already: bucket, table, topic and the function of a step. */
export class ExistingStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    const account = '111122223333';
    const region = 'eu-central-1';
    const enrich = Function.fromFunctionAttributes(this, 'Enrich', {
      functionArn: `arn:aws:lambda:${region}:${account}:function:enrich`,
      sameEnvironment: true,
    });
    const jobs = new JobTable(this, 'Jobs', {
      table: Table.fromTableAttributes(this, 'Table', {
        tableArn: `arn:aws:dynamodb:${region}:${account}:table/jobs`,
        globalIndexes: ['status-timestamp'],
      }),
    });
    new ServerlessCsvEtl(this, 'Orders', {
      bucket: Bucket.fromBucketName(this, 'Bucket', 'orders-of-the-shop'),
      jobTable: jobs.table,
      topic: Topic.fromTopicArn(this, 'Alarms', `arn:aws:sns:${region}:${account}:alarms`),
      schema: CsvSchema.fromFile('files/orders.schema.json', {
        resources: {
          customers: LookupSource.fromAsset('files/customers.csv'),
          countries: LookupSource.fromAsset('files/countries.csv'),
        },
      }),
      dialect: Dialect.detect({
        doubleQuote: true,
        header: false,
        columnNames: ['id', 'customer', 'country'],
      }),
      transforms: [Transform.keep('id', 'country')],
      rejectPolicy: RejectPolicy.tolerateRows(10),
      outputFormat: OutputFormat.csv({ quoting: CsvQuoting.ALL, neutralizeFormulas: true }),
      apiAuthorization: ApiAuthorization.none(),
      steps: { enrich: StepHandler.fromFunction(enrich) },
    });
  }
}
