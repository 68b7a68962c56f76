import { App, Duration, Stack } from 'aws-cdk-lib';
import { CsvSchema, Dialect, ServerlessCsvEtl, Transform } from 'serverless-csv-etl';

/** Prints what each mistake is told, as whoever made it in this language sees it. */
function refused(mistake) {
  try {
    mistake();
  } catch (error) {
    console.log(error.message.split('\n')[0]);
  }
}

const stack = new Stack(new App(), 'Refused');
refused(() => new ServerlessCsvEtl(stack, 'Suffix', { environmentSuffix: 'Not Allowed' }));
refused(() => new ServerlessCsvEtl(stack, 'Retention', { jobRetention: Duration.days(1) }));
refused(() => new ServerlessCsvEtl(stack, 'Dialect', { dialect: Dialect.of({ delimiter: '--' }) }));
refused(
  () =>
    new ServerlessCsvEtl(stack, 'Column', {
      schema: CsvSchema.of({ fields: [{ name: 'id' }] }),
      transforms: [Transform.trim('nowhere')],
    }),
);
