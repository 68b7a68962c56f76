import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  CsvSchema,
  Enrichment,
  LookupSource,
  ServerlessCsvEtl,
  Transform,
  WhenMissing,
} from 'serverless-csv-etl';

/** Bird strikes: column names with spaces and `$`, dates, amounts, cells that are missing. */
export class BirdstrikesStack extends Stack {
  readonly pipeline: ServerlessCsvEtl;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    this.pipeline = new ServerlessCsvEtl(this, 'Birdstrikes', {
      schema: CsvSchema.fromFile(path.join(__dirname, 'birdstrikes.schema.json')),
      transforms: [
        Transform.trim('Airport Name', 'Wildlife Species'),
        // Only what happened in the air or on the runway.
        Transform.filter("col('Phase of flight') != 'Parked' && col('Phase of flight') != 'Taxi'"),
        Transform.formatDate('Flight Date', '%Y-%m-%d', '%d %b %Y'),
        // Exact decimals, rounded half-even: 300 knots are 555.6 km/h. A missing speed stays missing.
        Transform.derive('Speed in km/h', "col('Speed IAS in knots') * 1.852", { scale: 1 }),
        Transform.derive('Cost in thousands', "div(col('Cost Total $'), 1000, 3)"),
        Transform.drop('Cost Other', 'Cost Repair'),
        Transform.rename('Effect Amount of damage', 'Damage'),
      ],
      enrichments: [
        // The military's own damage classes B and C are in the file, and not in the list: those rows are rejected.
        Enrichment.lookup({
          source: LookupSource.fromAsset(path.join(__dirname, 'damage-levels.csv')),
          on: { Damage: 'damage' },
          columns: { level: 'Damage level', grounds_aircraft: 'Grounds aircraft' },
          whenMissing: WhenMissing.reject(),
        }),
        Enrichment.constant('Reported to', 'FAA'),
      ],
    });
  }
}
