import { Size, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  CsvSchema,
  Dialect,
  LetterCase,
  RejectPolicy,
  ServerlessCsvEtl,
  Transform,
} from 'serverless-csv-etl';

/** Pipelines whose jobs end in ways of their own. */
export class OutcomesStack extends Stack {
  constructor(scope: Construct, id: string, environmentSuffix: string) {
    super(scope, id);

    const schema = CsvSchema.fromJson(
      JSON.stringify({
        fields: [
          { name: 'id', type: 'integer', constraints: { required: true, unique: true } },
          { name: 'name', type: 'string', constraints: { required: true } },
        ],
      }),
    );

    new ServerlessCsvEtl(this, 'Strict', {
      environmentSuffix,
      schema,
      rejectPolicy: RejectPolicy.failOnFirst(),
    });
    new ServerlessCsvEtl(this, 'TolerantOfRows', {
      environmentSuffix,
      schema,
      rejectPolicy: RejectPolicy.tolerateRows(2),
    });
    new ServerlessCsvEtl(this, 'TolerantOfPercent', {
      environmentSuffix,
      schema,
      rejectPolicy: RejectPolicy.toleratePercent(50),
    });
    new ServerlessCsvEtl(this, 'Headerless', {
      environmentSuffix,
      schema,
      dialect: Dialect.of({ header: false }),
      transforms: [Transform.changeCase('name', LetterCase.UPPER)],
    });
    new ServerlessCsvEtl(this, 'Limited', {
      environmentSuffix,
      schema,
      maxFileSize: Size.mebibytes(4),
      uniqueBudget: Size.mebibytes(1),
    });
  }
}
