import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

interface StoredObject {
  readonly bucket: string;
  readonly key: string;
}

/** What a step gets of the step contract, as far as this one uses it. */
interface StepEvent {
  readonly data: StoredObject;
  readonly outputPrefix: string;
}

interface StepResult {
  readonly data: StoredObject;
  readonly rejects?: StoredObject;
  readonly counts: Record<'rowsRead' | 'rowsWritten' | 'rowsRejected' | 'rowsFiltered', number>;
}

const s3 = new S3Client();

/** A few prefixes of https://www.gs1.org/standards/id-keys/company-prefix. */
const COUNTRIES: Readonly<Record<string, string>> = { 400: 'Germany', 590: 'Poland', 978: 'Books' };

/**
 * The step Enrich: adds the country of each article number (GS1 prefix), and rejects numbers with a wrong check digit.
 * Rows go through temporary files, so memory does not grow with the file.
 */
export async function handler({ data: source, outputPrefix }: StepEvent): Promise<StepResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rows-'));
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: source.bucket, Key: source.key }));
    const good = new Output(path.join(folder, 'data.csv'));
    const bad = new Output(path.join(folder, 'rejects.csv'));
    await bad.write(['_row', '_column', '_code', '_message']);
    const counts = { rowsRead: 0, rowsWritten: 0, rowsRejected: 0, rowsFiltered: 0 };
    let ean: number | undefined;
    for await (const row of (Body as Readable).pipe(parse()) as AsyncIterable<string[]>) {
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
    const data = await good.put({ bucket: source.bucket, key: `${outputPrefix}data.csv` });
    const rejects = await bad.put({ bucket: source.bucket, key: `${outputPrefix}rejects.csv` });
    return counts.rowsRejected > 0 ? { data, rejects, counts } : { data, counts };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A CSV file on its way to S3. */
class Output {
  private readonly rows = stringify();
  private readonly written: Promise<void>;

  constructor(private readonly file: string) {
    this.written = finished(this.rows.pipe(createWriteStream(file)));
  }

  async write(row: readonly string[]): Promise<void> {
    if (!this.rows.write(row)) await once(this.rows, 'drain');
  }

  async put(to: StoredObject): Promise<StoredObject> {
    this.rows.end();
    await this.written;
    await s3.send(
      new PutObjectCommand({ Bucket: to.bucket, Key: to.key, Body: createReadStream(this.file) }),
    );
    return to;
  }
}

/** Whether the digits of an EAN-13, weighted 1 and 3 in turn, add up to a multiple of ten. */
function isArticleNumber(text: string): boolean {
  const digits = [...text].map(Number);
  return digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}
