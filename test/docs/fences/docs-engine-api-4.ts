// From docs/engine-api.md; made by "npm run docs".
import { PipelineError, validateCsv } from 'serverless-csv-etl/engine';

export async function countRows(csv: string): Promise<number> {
  try {
    return (await validateCsv(csv, { fields: [{ name: 'id', type: 'integer' }] })).counts.rowsRead;
  } catch (error) {
    if (error instanceof PipelineError && error.code === 'empty-file') return 0;
    throw error;
  }
}
