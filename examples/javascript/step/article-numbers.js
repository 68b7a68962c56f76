/**
 * The step Enrich: adds the country of each article number (GS1 prefix), and rejects numbers with a wrong check digit.
 * It holds the step contract: pointers come in, pointers and counts go out. Rows go through temporary files, so memory
 * does not grow with the file.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

const s3 = new S3Client();

// A few prefixes of https://www.gs1.org/standards/id-keys/company-prefix
const COUNTRIES = { 400: 'Germany', 590: 'Poland', 978: 'Books' };

export async function handler({ data: source, outputPrefix }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rows-'));
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket: source.bucket, Key: source.key }));
    const good = new Output(path.join(folder, 'data.csv'));
    const bad = new Output(path.join(folder, 'rejects.csv'), ['_row', '_column', '_code', '_message']);
    const counts = { rowsRead: 0, rowsWritten: 0, rowsRejected: 0, rowsFiltered: 0 };
    let ean;
    for await (const row of object.Body.pipe(parse())) {
      if (ean === undefined) {
        ean = row.indexOf('ean');
        await good.write([...row, 'registered_in']);
        continue;
      }
      counts.rowsRead++;
      if (isArticleNumber(row[ean])) {
        counts.rowsWritten++;
        await good.write([...row, COUNTRIES[row[ean].slice(0, 3)] ?? '']);
      } else {
        counts.rowsRejected++;
        await bad.write([row[0], 'ean', 'wrong-check-digit', 'ean has a wrong check digit']);
      }
    }
    const data = await good.put(source.bucket, `${outputPrefix}data.csv`);
    const rejects = await bad.put(source.bucket, `${outputPrefix}rejects.csv`);
    return counts.rowsRejected > 0 ? { data, rejects, counts } : { data, counts };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A CSV file on its way to S3. */
class Output {
  constructor(file, header) {
    this.file = file;
    this.rows = stringify();
    this.written = finished(this.rows.pipe(createWriteStream(file)));
    if (header) this.rows.write(header);
  }

  async write(row) {
    if (!this.rows.write(row)) await once(this.rows, 'drain');
  }

  async put(bucket, key) {
    this.rows.end();
    await this.written;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(this.file) }));
    return { bucket, key };
  }
}

/** Whether the digits of an EAN-13, weighted 1 and 3 in turn, add up to a multiple of ten. */
function isArticleNumber(text) {
  const sum = [...text].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
