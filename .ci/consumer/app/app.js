const { App, Stack } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');
const { CsvSchema, ServerlessCsvEtl, StepHandler } = require('serverless-csv-etl');

const app = new App();
const stack = new Stack(app, 'Consumer');
const upperCase = new lambda.Function(stack, 'UpperCase', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromAsset('step'),
});
new ServerlessCsvEtl(stack, 'Orders', {
  schema: CsvSchema.fromFile('orders.schema.json'),
  steps: { transform: StepHandler.fromFunction(upperCase) },
});
app.synth();
