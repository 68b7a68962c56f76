import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { dataset } from '../datasets';
import {
  CsvSchema,
  Enrichment,
  LookupSource,
  ServerlessCsvEtl,
  Transform,
  WhenMissing,
} from 'serverless-csv-etl';

/** Flights between airports: codes in, names of the airports out. */
export class FlightsStack extends Stack {
  readonly pipeline: ServerlessCsvEtl;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    const airports = LookupSource.fromAsset(dataset('airports.csv'));

    this.pipeline = new ServerlessCsvEtl(this, 'Flights', {
      schema: CsvSchema.fromFile(path.join(__dirname, 'flights.schema.json')),
      transforms: [
        // Less than one flight a month is no route.
        Transform.filter('count >= 12'),
        Transform.rename('count', 'flights'),
        Transform.derive('flights_per_day', 'div(flights, 365, 1)'),
      ],
      enrichments: [
        Enrichment.lookup({
          source: airports,
          on: { origin: 'iata' },
          columns: { name: 'origin_name', state: 'origin_state' },
          whenMissing: WhenMissing.reject(),
        }),
        Enrichment.lookup({
          source: airports,
          on: { destination: 'iata' },
          columns: { name: 'destination_name', state: 'destination_state' },
          whenMissing: WhenMissing.reject(),
        }),
      ],
    });
  }
}
