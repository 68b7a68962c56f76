import { expectConservation } from './conservation';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';

let target: Target;
let strict: Pipeline;
let tolerantOfRows: Pipeline;
let tolerantOfPercent: Pipeline;
let headerless: Pipeline;
let limited: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eOutcomes-dev');
  const find = (path: string) => new Pipeline(target, path);
  strict = find('Strict');
  tolerantOfRows = find('TolerantOfRows');
  tolerantOfPercent = find('TolerantOfPercent');
  headerless = find('Headerless');
  limited = find('Limited');
});
afterAll(() => target?.stop());

/** A job that failed publishes nothing. */
async function expectFailure(pipeline: Pipeline, name: string, body: string | Buffer, errorCode: string) {
  const key = `raw/${name}.csv`;
  const job = await pipeline.run(key, body);
  expect(job).toMatchObject({ status: 'FAILED', errorCode, outputs: [] });
  expect(job.rowsWritten ?? 0).toBe(0);
  expect(job.errorMessage).not.toBe('');
  expect(await pipeline.object(key.replace('raw/', 'processed/'))).toBeUndefined();
  return job;
}

describe('files that fail as a whole', () => {
  const header = 'id,name\n';
  it.each([
    ['a file of 0 bytes', 'empty', '', 'empty-file'],
    ['a header that names another column', 'incorrect', 'name,id\n', 'incorrect-label'],
    ['a header that lacks a field', 'missing', 'id\n', 'missing-label'],
    ['a header that has a column too many', 'extra', 'id,name,note\n', 'extra-label'],
    ['a header that names a column twice', 'duplicate', 'id,id\n', 'duplicate-label'],
    ['a header with a nameless column', 'blank', 'id,\n', 'blank-label'],
    ['bytes that are not UTF-8', 'latin1', Buffer.from(`${header}1,caf\xe9\n`, 'latin1'), 'encoding-error'],
    ['a NUL', 'nul', `${header}1,a\0b\n`, 'encoding-error'],
    ['a quote that is never closed', 'quote', `${header}1,a\n2,"b\n3,c\n`, 'unclosed-quote'],
  ])('fails %s', async (_what, name, body, errorCode) => {
    const job = await expectFailure(strict, name, body, errorCode);
    expect(job.step).toBe('validate');
    expect(job.rejects).toBeNull();
  });

  it('says at which byte and record the text ends', async () => {
    const job = await expectFailure(
      strict,
      'position',
      Buffer.from('id,name\n1,a\n2,\xff\n', 'latin1'),
      'encoding-error',
    );
    expect(job.errorMessage).toMatch(/14/);
    expect(job.errorMessage).toMatch(/record 3/);
  });

  it('says in which record the quote opens that is never closed', async () => {
    const job = await expectFailure(strict, 'opened', 'id,name\n1,a\n2,"b\n3,c\n', 'unclosed-quote');
    expect(job.errorMessage).toMatch(/record 3/);
  });

  it('decides before reading that a file is larger than one function reads', async () => {
    const job = await expectFailure(
      limited,
      'large',
      `id,name\n${'1,a\n'.repeat(1_100_000)}`,
      'file-too-large',
    );
    expect(job).toMatchObject({ step: 'validate', rowsRead: null });
  });

  it('fails when unique keys need more memory than their budget', async () => {
    const rows = Array.from(
      { length: 150_000 },
      (_, i) => `${(i * 2_654_435_761) % 9_007_199_254_740_881},a`,
    );
    await expectFailure(limited, 'keys', `id,name\n${rows.join('\n')}\n`, 'unique-budget-exceeded');
  });
});

describe('a header and no rows', () => {
  it('succeeds with no rows and publishes the header', async () => {
    const job = await strict.run('raw/header.csv', 'id,name\n');
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 0, rowsWritten: 0, rejects: null });
    expect(await strict.text(job.outputs[0])).toBe('id,name\n');
  });
});

describe('rejects and the policy', () => {
  const bad = (rows: number) => Array.from({ length: rows }, () => 'x,name\n').join('');
  const good = (rows: number) => Array.from({ length: rows }, (_, i) => `${i},name\n`).join('');

  it('publishes a header alone when every row is rejected and the policy keeps going', async () => {
    const job = await limited.run('raw/all-bad.csv', `id,name\n${bad(3)}`);
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 3, rowsWritten: 0, rowsRejected: 3 });
    expect(await limited.text(job.outputs[0])).toBe('id,name\n');
    expect((await limited.text(job.rejects!))!.trimEnd().split('\n')).toHaveLength(4);
  });

  it.each([
    ['the first rejected row', () => strict, good(5) + bad(1)],
    ['more rejected rows than tolerated', () => tolerantOfRows, good(5) + bad(3)],
    ['a greater part of rejected rows than tolerated', () => tolerantOfPercent, good(2) + bad(3)],
  ])('fails at %s, publishes nothing and writes the rejects', async (what, pipeline, rows) => {
    const name = what.replace(/ /g, '-');
    const job = await expectFailure(pipeline(), name, `id,name\n${rows}`, 'too-many-rejects');
    expect(job).toMatchObject({ step: 'finish', rejects: `failed/${name}.${job.jobId}.rejects.csv` });
    expect(job.rowsRejected).toBeGreaterThan(0);
    expect(await pipeline().text(job.rejects!)).toMatch(/^id,name,_row,_column,_code,_message\nx,name,/);
  });

  it.each([
    ['as many rows as tolerated', () => tolerantOfRows, good(5) + bad(2)],
    ['as great a part as tolerated', () => tolerantOfPercent, good(3) + bad(3)],
  ])('succeeds with %s', async (what, pipeline, rows) => {
    const job = await pipeline().run(`raw/${what.replace(/ /g, '-')}.csv`, `id,name\n${rows}`);
    expect(job.status).toBe('SUCCEEDED');
    expect(job.rowsRejected).toBeGreaterThan(0);
  });
});

describe('a file without a header', () => {
  it('names the columns by the schema and publishes them as header', async () => {
    const job = await headerless.run('raw/plain.csv', '1,ada\n2,bob\n');
    expect(job).toMatchObject({ status: 'SUCCEEDED', rowsRead: 2, rowsWritten: 2 });
    expect(await headerless.text(job.outputs[0])).toBe('id,name\n1,ADA\n2,BOB\n');
  });

  it('counts its first record as row 1', async () => {
    const job = await headerless.run('raw/rejects.csv', 'x,ada\n2,bob\n');
    expect(await headerless.text(job.rejects!)).toMatch(
      /^id,name,_row,_column,_code,_message\nx,ada,1,id,type-error,/,
    );
  });
});

it('conserves the rows of every job', () =>
  expectConservation(strict, tolerantOfRows, tolerantOfPercent, headerless, limited));
