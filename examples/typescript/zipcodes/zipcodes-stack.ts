import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CsvSchema, Enrichment, LetterCase, ServerlessCsvEtl, Transform } from 'serverless-csv-etl';

/** ZIP codes: text that looks like a number keeps its leading zeros. */
export class ZipcodesStack extends Stack {
  readonly pipeline: ServerlessCsvEtl;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    this.pipeline = new ServerlessCsvEtl(this, 'Zipcodes', {
      schema: CsvSchema.fromFile(path.join(__dirname, 'zipcodes.schema.json')),
      transforms: [
        Transform.trim('city', 'county'),
        // The file's word for Saint, as the post office writes it.
        Transform.replace('county', 'Saint ', 'St. '),
        Transform.changeCase('county', LetterCase.UPPER),
      ],
      enrichments: [Enrichment.constant('country', 'US'), Enrichment.lineage()],
    });
  }
}
