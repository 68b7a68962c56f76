// From README.md; made by "npm run docs".
import { App, Stack } from 'aws-cdk-lib';
import { CsvSchema, Enrichment, ServerlessCsvEtl, Transform } from 'serverless-csv-etl';

const app = new App();
const stack = new Stack(app, 'Shop');

new ServerlessCsvEtl(stack, 'Orders', {
  schema: CsvSchema.fromFile('orders.schema.json'),
  transforms: [Transform.trim('product'), Transform.derive('total', 'quantity * unit_price', { scale: 2 })],
  enrichments: [Enrichment.constant('shop', 'Bonn')],
});

app.synth();
