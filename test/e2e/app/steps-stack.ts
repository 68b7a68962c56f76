import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Enrichment, ServerlessCsvEtl, StepHandler } from 'serverless-csv-etl';

/** Pipelines with one step each that is not the library's. */
export class StepsStack extends Stack {
  constructor(scope: Construct, id: string, environmentSuffix: string, release?: string) {
    super(scope, id);

    new ServerlessCsvEtl(this, 'OwnValidate', {
      environmentSuffix,
      steps: { validate: StepHandler.fromFunction(this.step('validate')) },
    });
    const transform = this.step('transform');
    const own = new ServerlessCsvEtl(this, 'OwnTransform', {
      environmentSuffix,
      steps: { transform: StepHandler.fromFunction(transform) },
      enrichments: release === undefined ? undefined : [Enrichment.constant('release', release)],
    });
    // This step looks at more than its data: at the source's metadata and at what the test puts under reference/.
    own.bucket.bucket.grantRead(transform);
    new ServerlessCsvEtl(this, 'OwnEnrich', {
      environmentSuffix,
      steps: {
        enrich: StepHandler.fromCode({
          code: lambda.Code.fromAsset(path.join(__dirname, 'steps')),
          handler: 'index.enrich',
        }),
      },
    });
    const slow = this.step('transform', 'Slow', Duration.minutes(1));
    const hasty = new ServerlessCsvEtl(this, 'Hasty', {
      environmentSuffix,
      steps: { transform: StepHandler.fromFunction(slow) },
      timeout: Duration.seconds(6),
    });
    hasty.bucket.bucket.grantRead(slow);
  }

  private step(name: string, id = '', timeout = Duration.minutes(5)): lambda.Function {
    return new lambda.Function(this, `${id}Own-${name}`, {
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(path.join(__dirname, 'steps')),
      handler: `index.${name}`,
      memorySize: 512,
      timeout,
    });
  }
}
