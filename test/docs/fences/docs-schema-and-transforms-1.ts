// From docs/schema-and-transforms.md; made by "npm run docs".
import { Enrichment, LookupSource, WhenMissing } from 'serverless-csv-etl';

Enrichment.lookup({
  source: LookupSource.fromAsset('airports.csv'),
  on: { origin: 'iata' },
  columns: { name: 'origin_name', state: 'origin_state' },
  whenMissing: WhenMissing.reject(),
});
