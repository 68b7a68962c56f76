import { gzipSync } from 'node:zlib';
import { expectConservation } from './conservation';
import { records } from './orders';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';
import { readParquet } from '../engine/parquet/read-parquet';

const ROWS = [
  'id,price,paid,day,at,note',
  '9007199254740993,12345678901234567890123456789012345.675,yes,29/02/2024,2024-10-27T02:30:00+02:00,"=1+1, ""or"" not"',
  '2,,no,,,',
  'x,1,yes,01/01/2024,2024-01-01T00:00:00Z,rejected',
  '-3,-0.005,,31/12/1969,1969-12-31T23:59:59.999999Z,"Grüße\n😀"',
  '',
].join('\n');
const PRICES = ['12345678901234567890123456789012345.68', '', '0.00'];
const NOTES = ['=1+1, "or" not', '', 'Grüße\n😀'];

let target: Target;
let pipelines: Record<'JsonLines' | 'Parquet' | 'Quoted' | 'Detecting', Pipeline>;
beforeAll(async () => {
  target = await startTarget('EtlE2eFormats-dev');
  const named = (name: string) => new Pipeline(target, name);
  pipelines = {
    JsonLines: named('JsonLines'),
    Parquet: named('Parquet'),
    Quoted: named('Quoted'),
    Detecting: named('Detecting'),
  };
});
afterAll(() => target?.stop());

/** Runs the rows through a pipeline, and gives what is published. */
async function published(pipeline: Pipeline, extension: string): Promise<Buffer> {
  const job = await pipeline.run('raw/2024/all.csv', ROWS);
  expect(job).toMatchObject({
    status: 'SUCCEEDED',
    rowsRead: 4,
    rowsWritten: 3,
    rowsRejected: 1,
    outputs: [`processed/2024/all${extension}`],
  });
  return (await pipeline.bytes(job.outputs[0]))!;
}

it('publishes JSON Lines with every digit of every number, and null for what is missing', async () => {
  const text = (await published(pipelines.JsonLines, '.jsonl')).toString('utf8');
  expect(text.split('\n')).toEqual([
    `{"id":9007199254740993,"price":${PRICES[0]},"paid":true,"day":"29/02/2024",` +
      '"at":"2024-10-27T02:30:00+02:00","note":"=1+1, \\"or\\" not"}',
    '{"id":2,"price":null,"paid":false,"day":null,"at":null,"note":null}',
    '{"id":-3,"price":0.00,"paid":null,"day":"31/12/1969","at":"1969-12-31T23:59:59.999999Z","note":"Grüße\\n😀"}',
    '',
  ]);
  const values = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(values[2]).toMatchObject({ id: -3, price: 0, note: NOTES[2] });
});

it('publishes Parquet with a type for each column', async () => {
  const { rows, metadata } = await readParquet(await published(pipelines.Parquet, '.parquet'));
  expect(metadata.row_groups[0].columns.map(({ meta_data: { codec } }) => codec)).toEqual(
    Array(6).fill('GZIP'),
  );
  const [first, second, third] = rows.map((row) => ({ ...row, note: row.note ?? null }));
  expect(first).toEqual({
    id: 9007199254740993n,
    price: 1234567890123456789012345678901234568n,
    paid: true,
    day: new Date('2024-02-29'),
    at: new Date('2024-10-27T00:30:00Z'),
    note: NOTES[0],
  });
  expect(Object.values(second).map((value) => value ?? null)).toEqual([2n, null, false, null, null, null]);
  expect(third).toMatchObject({ id: -3n, price: 0n, day: new Date('1969-12-31'), note: NOTES[2] });
});

it('publishes CSV with quotes everywhere and formulas made harmless', async () => {
  const text = (await published(pipelines.Quoted, '.csv')).toString('utf8');
  expect(text).toMatch(/^"id","price","paid","day","at","note"\n/);
  const rows = records(text);
  expect(rows.map(({ price }) => price)).toEqual(PRICES);
  expect(rows.map(({ note }) => note)).toEqual([`'${NOTES[0]}`, ...NOTES.slice(1)]);
  expect(text.replaceAll('""', '').match(/"/g)!.length % 2).toBe(0);
});

it('does the same for a file without rows', async () => {
  const header = `${ROWS.split('\n')[0]}\n`;
  const [json, parquet, csv] = await Promise.all(
    [pipelines.JsonLines, pipelines.Parquet, pipelines.Quoted].map(async (pipeline) => {
      const job = await pipeline.run('raw/none.csv', header);
      expect(job).toMatchObject({ status: 'SUCCEEDED', rowsWritten: 0 });
      return (await pipeline.bytes(job.outputs[0]))!;
    }),
  );
  expect(json).toHaveLength(0);
  expect((await readParquet(parquet)).metadata).toMatchObject({ num_rows: 0n });
  expect(csv.toString('utf8')).toBe('"id","price","paid","day","at","note"\n');
});

it.each([
  [
    'export.csv',
    Buffer.from('name;price\r\nKäse;1,50\r\nBrot;2,00\r\nBier;3,00\r\n', 'latin1'),
    { delimiter: ';', quoteChar: '"', header: true, encoding: 'windows-1252' },
  ],
  [
    'tabs.csv.gz',
    gzipSync('name\tprice\nKäse\t1,50\nBrot\t2,00\nBier\t3,00\n'),
    { delimiter: '\t', quoteChar: '"', header: true, encoding: 'utf-8' },
  ],
  [
    'wide.csv',
    Buffer.from('\ufeffname,price\nKäse,"1,50"\nBrot,"2,00"\nBier,"3,00"\n', 'utf16le'),
    { delimiter: ',', quoteChar: '"', header: true, encoding: 'utf-16le' },
  ],
])('finds out how %s is written, and reports it on the job and by the API', async (name, body, dialect) => {
  const { Detecting } = pipelines;
  const job = await Detecting.run(`raw/${name}`, body);
  expect(job).toMatchObject({ status: 'SUCCEEDED', rowsWritten: 3, dialect });
  const answer = await Detecting.api('GET', `/status/${job.jobId}`);
  expect(answer.body).toMatchObject({ dialect });
  expect(records(await Detecting.text(job.outputs[0]))[0]).toEqual({ name: 'Käse', price: '1,50' });
});

it('conserves the rows of every job', () => expectConservation(...Object.values(pipelines)));
