import { Stack } from 'aws-cdk-lib';
import { ServerlessCsvEtl } from 'serverless-csv-etl';

/** No props at all. */
export class MinimalStack extends Stack {
  constructor(scope, id) {
    super(scope, id);
    new ServerlessCsvEtl(this, 'Csv');
  }
}
