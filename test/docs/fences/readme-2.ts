// From README.md; made by "npm run docs".
import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessCsvEtl, StepHandler } from 'serverless-csv-etl';

declare const stack: Stack;

new ServerlessCsvEtl(stack, 'Orders', {
  steps: {
    transform: StepHandler.fromCode({
      code: lambda.Code.fromAsset('my-transform'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
    }),
  },
});
