import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  CsvQuoting,
  CsvSchema,
  Dialect,
  FieldType,
  OutputFormat,
  ParquetCompression,
  ServerlessCsvEtl,
  Transform,
} from 'serverless-csv-etl';

/** One pipeline for each format of what is published; and one that finds out how its files are written. */
export class FormatsStack extends Stack {
  constructor(scope: Construct, id: string, environmentSuffix: string) {
    super(scope, id);
    const schema = CsvSchema.of({
      fields: [
        { name: 'id', type: FieldType.INTEGER },
        { name: 'price', type: FieldType.NUMBER },
        { name: 'paid', type: FieldType.BOOLEAN, trueValues: ['yes'], falseValues: ['no'] },
        { name: 'day', type: FieldType.DATE, format: '%d/%m/%Y' },
        { name: 'at', type: FieldType.DATETIME },
        { name: 'note' },
      ],
    });
    const formats = {
      JsonLines: OutputFormat.jsonLines(),
      Parquet: OutputFormat.parquet({ compression: ParquetCompression.GZIP }),
      Quoted: OutputFormat.csv({ quoting: CsvQuoting.ALL, neutralizeFormulas: true }),
    };
    for (const [name, outputFormat] of Object.entries(formats)) {
      new ServerlessCsvEtl(this, name, {
        environmentSuffix,
        schema,
        transforms: [Transform.round('price', { scale: 2 })],
        outputFormat,
      });
    }

    new ServerlessCsvEtl(this, 'Detecting', {
      environmentSuffix,
      dialect: Dialect.detect(),
      inputSuffixes: ['.csv', '.csv.gz'],
    });
  }
}
