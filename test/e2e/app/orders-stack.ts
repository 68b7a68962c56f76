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

/** A pipeline that uses everything, and one that uses nothing. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, environmentSuffix: string) {
    super(scope, id);

    new ServerlessCsvEtl(this, 'Orders', {
      environmentSuffix,
      schema: CsvSchema.fromFile(path.join(__dirname, 'orders.schema.json')),
      transforms: [
        Transform.trim('product'),
        Transform.filter("product != 'SAMPLE'"),
        Transform.derive('total', 'quantity * unit_price', { scale: 2 }),
        Transform.formatDate('ordered_on', '%d/%m/%Y', '%Y-%m-%d'),
      ],
      enrichments: [
        Enrichment.lookup({
          source: LookupSource.fromAsset(path.join(__dirname, 'countries.csv')),
          on: { country: 'code' },
          columns: { name: 'country_name' },
          whenMissing: WhenMissing.reject(),
        }),
        Enrichment.lookup({
          source: LookupSource.fromBucket('reference/categories.csv'),
          on: { product: 'product' },
          columns: { category: 'category' },
          whenMissing: WhenMissing.value('other'),
        }),
        Enrichment.lineage(),
      ],
    });

    new ServerlessCsvEtl(this, 'Bare', { environmentSuffix });
  }
}
