import { Duration, Tokenization } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { AsynchronousFunction, bundledCode } from './etl-function';
import { bucketReference, tableReference } from './resource-reference';
import { bucketStatements, tableStatements } from './rights';
import { ENV } from './shared/environment';
import { PREFIX } from './shared/layout';

export interface QualityCheckFunctionProps {
  readonly environmentSuffix: string;
  readonly pipeline: string;
  readonly bucket: s3.IBucket;
  readonly jobTable: dynamodb.ITable;
  readonly stuckAfter: Duration;
  readonly runtime: lambda.Runtime;
}

/** Looks once a day for what alarms do not see, and writes a report. */
export class QualityCheckFunction extends AsynchronousFunction {
  constructor(scope: Construct, id: string, props: QualityCheckFunctionProps) {
    super(scope, id, {
      environmentSuffix: props.environmentSuffix,
      description: 'Looks for stuck jobs, missing outputs and too many rejects',
      code: bundledCode('quality-check'),
      handler: 'index.handler',
      runtime: props.runtime,
      memorySize: 512,
      timeout: Duration.minutes(15),
      environment: {
        [ENV.pipeline]: props.pipeline,
        [ENV.jobTable]: tableReference(scope, props.jobTable).name,
        [ENV.bucket]: bucketReference(scope, props.bucket).name,
        [ENV.stuckAfterMinutes]: Tokenization.stringifyNumber(props.stuckAfter.toMinutes()),
      },
      policy: [
        ...tableStatements(scope, props.jobTable, { index: ['dynamodb:Query'] }),
        ...bucketStatements(scope, props.bucket, {
          read: [`${PREFIX.processed}*`, `${PREFIX.failed}*`],
          put: [`${PREFIX.reports}*`],
        }),
      ],
    });
  }
}
