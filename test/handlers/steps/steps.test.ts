import { handler as enrich } from '../../../src/handlers/enrich.lambda';
import { handler as transform } from '../../../src/handlers/transform.lambda';
import { handler as validate } from '../../../src/handlers/validate.lambda';
import type { JobIdentity, StepInput, StepName, StepOutput } from '../../../src/shared/step-contract';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { Account, ASSETS, BUCKET } from '../account';
import { captureLines } from '../standard-output';

let account: Account;
beforeAll(async () => {
  account = await Account.start();
});
afterAll(() => account.stop());
afterEach(() => jest.restoreAllMocks());

let output: ReturnType<typeof captureLines>;
beforeEach(() => {
  output = captureLines();
});

const HANDLERS = { validate, transform, enrich };

async function inputOf(
  step: StepName,
  job: JobIdentity,
  spec: Partial<PipelineSpec> = {},
  data: StepInput['data'] = job,
): Promise<StepInput> {
  const { bucket, key, versionId } = data;
  return {
    contract: 1,
    job,
    data: { bucket, key, versionId },
    spec: await account.putSpec(spec),
    outputPrefix: `staging/${job.jobId}/${step}/`,
  };
}

async function run(
  step: StepName,
  job: JobIdentity,
  spec: Partial<PipelineSpec>,
  data?: StepInput['data'],
): Promise<StepOutput> {
  return HANDLERS[step](await inputOf(step, job, spec, data));
}

it('turns pointers into pointers and counts, from step to step', async () => {
  const job = await account.putSource('raw/orders.csv', 'id,product\n1,pen\n\n2,"cup, blue"\n', 'j1');
  const spec: Partial<PipelineSpec> = { enrichments: [{ type: 'constant', column: 'shop', value: 'north' }] };
  const validated = await run('validate', job, spec);
  expect(validated).toEqual({
    data: { bucket: BUCKET, key: 'staging/j1/validate/data.csv' },
    rejects: { bucket: BUCKET, key: 'staging/j1/validate/rejects.csv' },
    counts: { rowsRead: 3, rowsWritten: 2, rowsRejected: 1, rowsFiltered: 0 },
  });
  expect(await account.text(validated.data.key)).toBe('_row,id,product\n2,1,pen\n4,2,"cup, blue"\n');
  expect(await account.text(validated.rejects!.key)).toMatch(/^_row,_column,_code,_message\n3,,blank-row,/);
  const transformed = await run('transform', job, spec, validated.data);
  expect(transformed).toEqual({
    data: { bucket: BUCKET, key: 'staging/j1/transform/data.csv' },
    counts: { rowsRead: 2, rowsWritten: 2, rowsRejected: 0, rowsFiltered: 0 },
  });
  const enriched = await run('enrich', job, spec, transformed.data);
  expect(await account.text(enriched.data.key)).toBe(
    '_row,id,product,shop\n2,1,pen,north\n4,2,"cup, blue",north\n',
  );
  expect(output.log('INFO')).toMatchObject([{ jobId: 'j1', rowsRead: 3 }, { rowsRead: 2 }, { rowsRead: 2 }]);
});

it('writes no rejects where no row is rejected', async () => {
  const job = await account.putSource('raw/clean.csv', 'id\n1\n', 'j2');
  expect(await run('validate', job, {})).not.toHaveProperty('rejects');
  expect(await account.keys('staging/j2/')).toEqual(['staging/j2/validate/data.csv']);
});

it('reads the version that the job is about, whatever has come since', async () => {
  const job = await account.putSource('raw/reuploaded.csv', 'id\n1\n', 'j3');
  await account.put('raw/reuploaded.csv', 'id\n1\n2\n3\n');
  expect((await run('validate', job, {})).counts.rowsRead).toBe(1);
});

it('gives the same output when it is tried again', async () => {
  const job = await account.putSource('raw/again.csv', 'id\n1\n\n', 'j4');
  const first = await run('validate', job, {});
  const text = await account.text(first.data.key);
  expect(await run('validate', job, {})).toEqual(first);
  expect(await account.text(first.data.key)).toBe(text);
});

it('writes where each row came from', async () => {
  const job = await account.putSource('raw/lineage.csv', 'id\n1\n', 'j5');
  const spec: Partial<PipelineSpec> = { enrichments: [{ type: 'lineage' }] };
  const validated = await run('validate', job, spec);
  const { sha256 } = (await inputOf('enrich', job, spec)).spec;
  const enriched = await run('enrich', job, spec, validated.data);
  expect(await account.text(enriched.data.key)).toContain(`raw/lineage.csv,${job.versionId},2,j5,${sha256}`);
});

it('throws the code of what is wrong with the file, and leaves no output', async () => {
  const job = await account.putSource('raw/unclosed.csv', 'id\n1\n"2\n', 'j6');
  await expect(run('validate', job, {})).rejects.toMatchObject({
    name: 'unclosed-quote',
    message: 'record 3 opens a quote that is never closed (after 1 rows)',
  });
  expect(await account.keys('staging/j6/')).toEqual([]);
});

it('decides that a file is too large before it reads it', async () => {
  const job = await account.putSource('raw/large.csv', 'x'.repeat(1001), 'j7');
  const requests = () =>
    account.services.journal.entries.filter(
      (entry) => entry.kind === 'request' && entry.operation === 'GetObject',
    ).length;
  const input = await inputOf('validate', job);
  const before = requests();
  await expect(validate(input)).rejects.toMatchObject({
    name: 'file-too-large',
    message: 'the source has 1001 bytes, one function reads at most 1000',
  });
  // The spec may be read; the source is not.
  expect(requests() - before).toBeLessThanOrEqual(1);
  const fits = await account.putSource('raw/fits.csv', `id\n${'1\n'.repeat(498)}`, 'j7b');
  expect((await run('validate', fits, {})).counts.rowsRead).toBe(498);
});

it('throws source-not-found where the version is gone', async () => {
  const job = await account.putSource('raw/gone.csv', 'id\n', 'j8');
  const gone = { ...job, key: 'raw/never.csv' };
  await expect(run('validate', gone, {})).rejects.toMatchObject({
    name: 'source-not-found',
    message: `the source object s3://orders/raw/never.csv?versionId=${job.versionId} does not exist`,
  });
});

it.each(['transform', 'enrich'] as const)('throws in %s where the step before left no data', async (step) => {
  const job = await account.putSource(`raw/no-data-${step}.csv`, 'id\n', `j9-${step}`);
  await expect(run(step, job, {}, { bucket: BUCKET, key: 'staging/none.csv' })).rejects.toMatchObject({
    name: 'step-contract-violation',
    message: expect.stringContaining("the earlier step's data s3://orders/staging/none.csv does not exist"),
  });
});

it('refuses a message that is not of the contract', async () => {
  await expect(transform({})).rejects.toMatchObject({ name: 'step-contract-violation' });
});

describe('lookups', () => {
  const lookup = (source: { type: 'asset' | 'bucket'; key: string }) => ({
    type: 'lookup' as const,
    source,
    on: [{ column: 'id', lookupColumn: 'id' }],
    columns: [{ lookupColumn: 'name', column: 'name' }],
    whenMissing: { type: 'null' as const },
  });

  async function staged(jobId: string): Promise<{ job: JobIdentity; data: StepInput['data'] }> {
    const job = await account.putSource(`raw/${jobId}.csv`, 'id\n1\n2\n', jobId);
    return { job, data: (await run('validate', job, {})).data };
  }

  it('joins a file that was shipped as an asset', async () => {
    await account.put('names.csv', 'id,name\n1,one\n', ASSETS);
    const { job, data } = await staged('l1');
    const spec = { enrichments: [lookup({ type: 'asset', key: 'names.csv' })] };
    const enriched = await run('enrich', job, spec, data);
    expect(await account.text(enriched.data.key)).toBe('_row,id,name\n2,1,one\n3,2,\n');
    expect(await account.keys('staging/l1/enrich/')).toEqual(['staging/l1/enrich/data.csv']);
  });

  it('pins the version of a file in the bucket, so that a retry joins the same data', async () => {
    const versionId = await account.put('reference/names.csv', 'id,name\n1,one\n');
    const { job, data } = await staged('l2');
    const spec = { enrichments: [lookup({ type: 'bucket', key: 'reference/names.csv' })] };
    const enriched = await run('enrich', job, spec, data);
    expect(await account.text(enriched.data.key)).toBe('_row,id,name\n2,1,one\n3,2,\n');
    expect(JSON.parse((await account.text('staging/l2/enrich/lookups.json'))!)).toEqual({
      'reference/names.csv': versionId,
    });
    await account.put('reference/names.csv', 'id,name\n1,changed\n');
    await run('enrich', job, spec, data);
    expect(await account.text(enriched.data.key)).toBe('_row,id,name\n2,1,one\n3,2,\n');
  });

  it('fails where a file in the bucket is missing', async () => {
    const { job, data } = await staged('l3');
    const spec = { enrichments: [lookup({ type: 'bucket', key: 'reference/none.csv' })] };
    await expect(run('enrich', job, spec, data)).rejects.toMatchObject({
      name: 'lookup-unreadable',
      message: 'the lookup file s3://orders/reference/none.csv does not exist',
    });
    expect(await account.keys('staging/l3/enrich/')).toEqual([]);
  });

  it('fails where an asset is missing', async () => {
    const { job, data } = await staged('l4');
    const spec = { enrichments: [lookup({ type: 'asset', key: 'none.csv' })] };
    await expect(run('enrich', job, spec, data)).rejects.toMatchObject({
      name: 'lookup-unreadable',
      message: 'the lookup file s3://assets/none.csv does not exist',
    });
  });
});

it('hashes with the secrets that the environment names', async () => {
  const { secrets } = account.services;
  const { arn } = secrets.create('emails');
  secrets.put('emails', { SecretString: 'Jefe' });
  process.env.ETL_HASH_KEYS = JSON.stringify({ 'Shop/Key': { secretId: arn } });
  const job = await account.putSource('raw/h1.csv', 'email\nwhat do ya want for nothing?\n', 'h1');
  const { data } = await run('validate', job, {});
  const spec = { transforms: [{ type: 'hash' as const, column: 'email', key: 'Shop/Key' }] };
  const transformed = await run('transform', job, spec, data);
  expect(await account.text(transformed.data.key)).toBe(
    // RFC 4231, test case 2.
    '_row,email\n2,5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\n',
  );
  delete process.env.ETL_HASH_KEYS;
  await expect(run('transform', job, spec, data)).rejects.toMatchObject({ name: 'secret-unreadable' });
});

describe('foreign keys', () => {
  const schema = {
    fields: ['id', 'place', 'parent'].map((name) => ({
      name,
      type: 'string' as const,
      format: 'default',
      constraints: {},
    })),
    missingValues: [''],
    primaryKey: [],
    fieldsMatch: 'exact' as const,
    foreignKeys: [
      { fields: ['place'], reference: { resource: 'places', fields: ['code'] } },
      { fields: ['parent'], reference: { resource: '', fields: ['id'] } },
    ],
  };
  const spec = (source: { type: 'asset' | 'bucket'; key: string }) => ({
    schema,
    resources: { places: source },
  });

  it('refer to a file that was shipped as an asset, and to the source itself', async () => {
    await account.put('places.csv', 'code\nB\n', ASSETS);
    const job = await account.putSource('raw/f1.csv', 'id,place,parent\n1,B,2\n2,,\n3,X,4\n', 'f1');
    const { counts, rejects } = await run('validate', job, spec({ type: 'asset', key: 'places.csv' }));
    expect(counts).toMatchObject({ rowsRead: 3, rowsRejected: 1 });
    expect(await account.text(rejects!.key)).toContain(
      'place: foreign-key-error: the resource ""places"" has no row with this code; ' +
        'parent: foreign-key-error: the file has no row with this id',
    );
  });

  it('pin the version of a file in the bucket, so that a retry refers to the same rows', async () => {
    await account.put('reference/places.csv', 'code\nB\n');
    const job = await account.putSource('raw/f2.csv', 'id,place,parent\n1,B,\n', 'f2');
    const source = spec({ type: 'bucket', key: 'reference/places.csv' });
    expect((await run('validate', job, source)).counts.rowsWritten).toBe(1);
    await account.put('reference/places.csv', 'code\nC\n');
    expect((await run('validate', job, source)).counts.rowsWritten).toBe(1);
    expect(await account.keys('staging/f2/validate/')).toContain('staging/f2/validate/lookups.json');
  });
});
