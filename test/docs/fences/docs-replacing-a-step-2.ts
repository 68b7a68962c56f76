// From docs/replacing-a-step.md; made by "npm run docs".
import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessCsvEtl, StepHandler } from 'serverless-csv-etl';

declare const stack: Stack;

new ServerlessCsvEtl(stack, 'Orders', {
  steps: {
    transform: StepHandler.fromCode({
      code: lambda.Code.fromAsset('dist/upper-case'),
      handler: 'index.handler',
      memorySize: 512,
    }),
  },
});
