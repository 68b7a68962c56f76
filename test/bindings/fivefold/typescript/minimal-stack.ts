import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ServerlessCsvEtl } from 'serverless-csv-etl';

/** No props at all. */
export class MinimalStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ServerlessCsvEtl(this, 'Csv');
  }
}
