// From docs/replacing-a-step.md; made by "npm run docs".
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

interface Place {
  readonly bucket: string;
  readonly key: string;
}

interface StepInput {
  readonly job: { readonly jobId: string };
  readonly data: Place;
  readonly outputPrefix: string;
}

const s3 = new S3Client({});

export async function handler({ data, outputPrefix }: StepInput) {
  const object = await s3.send(new GetObjectCommand({ Bucket: data.bucket, Key: data.key }));
  const rows: Record<string, string>[] = parse(await object.Body!.transformToString(), { columns: true });

  const kept = rows.filter(({ product }) => product !== 'none');
  const rejects = rows
    .filter(({ product }) => product === 'none')
    .map(({ _row }) => ({ _row, _column: 'product', _code: 'no-product', _message: 'is called none' }));

  const write = async (
    name: string,
    columns: string[],
    records: Record<string, string>[],
  ): Promise<Place> => {
    const place = { bucket: data.bucket, key: `${outputPrefix}${name}` };
    const Body = stringify(records, { header: true, columns });
    await s3.send(new PutObjectCommand({ Bucket: place.bucket, Key: place.key, Body }));
    return place;
  };
  const columns = Object.keys(rows[0] ?? { _row: '', product: '' });
  return {
    data: await write(
      'data.csv',
      columns,
      kept.map((row) => ({ ...row, product: row.product.toUpperCase() })),
    ),
    ...(rejects.length > 0 && {
      rejects: await write('rejects.csv', ['_row', '_column', '_code', '_message'], rejects),
    }),
    counts: {
      rowsRead: rows.length,
      rowsWritten: kept.length,
      rowsRejected: rejects.length,
      rowsFiltered: 0,
    },
  };
}
