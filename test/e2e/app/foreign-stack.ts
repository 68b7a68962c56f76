import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ServerlessCsvEtl } from 'serverless-csv-etl';

/** Pipelines on buckets that they did not make: events come by EventBridge. */
export class ForeignStack extends Stack {
  constructor(scope: Construct, id: string, environmentSuffix: string) {
    super(scope, id);
    this.pipeline('Foreign', environmentSuffix, true);
    this.pipeline('Unversioned', environmentSuffix, false);
  }

  private pipeline(id: string, environmentSuffix: string, versioned: boolean): void {
    const bucket = new s3.Bucket(this, `${id}Files`, {
      versioned,
      eventBridgeEnabled: true,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    new ServerlessCsvEtl(this, id, { environmentSuffix, bucket });
  }
}
