// From docs/engine-api.md; made by "npm run docs".
import { createReadStream } from 'node:fs';
import { inferSchema } from 'serverless-csv-etl/engine';

export async function schemaOf(file: string) {
  const { schema, columns } = await inferSchema(createReadStream(file));
  for (const { name, alternatives } of columns) {
    if (alternatives.length > 0) console.log(`${name} could also be ${alternatives.join(' or ')}`);
  }
  return schema;
}
