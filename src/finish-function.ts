import { Duration, Tokenization } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { AsynchronousFunction, bundledCode } from './etl-function';
import { tableReference } from './resource-reference';
import { bucketStatements, tableStatements } from './rights';
import { ENV } from './shared/environment';
import { PREFIX } from './shared/layout';

export interface FinishFunctionProps {
  readonly environmentSuffix: string;
  readonly pipeline: string;
  readonly bucket: s3.IBucket;
  readonly jobTable: dynamodb.ITable;
  readonly inputPrefix: string;
  readonly jobRetention: Duration;
  readonly runtime: lambda.Runtime;
  /** The right to read the spec. */
  readonly specStatement: iam.PolicyStatement;
}

/** The one function that publishes results and rejects, and writes how a job ended. */
export class FinishFunction extends AsynchronousFunction {
  constructor(scope: Construct, id: string, props: FinishFunctionProps) {
    const { processed, failed, staging } = PREFIX;
    super(scope, id, {
      environmentSuffix: props.environmentSuffix,
      description: 'Publishes results and rejects, and records how each job ended',
      code: bundledCode('state-machine'),
      handler: 'index.finish',
      runtime: props.runtime,
      memorySize: 1769,
      timeout: Duration.minutes(15),
      environment: {
        [ENV.pipeline]: props.pipeline,
        [ENV.jobTable]: tableReference(scope, props.jobTable).name,
        [ENV.inputPrefix]: props.inputPrefix,
        [ENV.jobRetentionSeconds]: Tokenization.stringifyNumber(props.jobRetention.toSeconds()),
      },
      policy: [
        ...bucketStatements(scope, props.bucket, {
          read: [`${props.inputPrefix}*`, `${staging}*`, `${processed}*`],
          readVersion: [`${props.inputPrefix}*`],
          write: [`${staging}*/finish/*`, `${processed}*`, `${failed}*`],
          remove: [`${failed}*`],
        }),
        ...tableStatements(scope, props.jobTable, { table: ['dynamodb:GetItem', 'dynamodb:UpdateItem'] }),
        props.specStatement,
      ],
    });
  }
}
