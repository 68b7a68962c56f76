import { ARN, counts, FinishedSteps } from './finished-steps';
import { handler } from '../../../src/handlers/finish.lambda';
import type { FinishInput } from '../../../src/shared/execution-contract';
import type { JobItem } from '../../../src/shared/job';
import { DEFAULT_DIALECT } from '../../../src/spec/dialect-spec';
import { DEFAULT_LIMITS } from '../../../src/spec/limits';
import type { OutputSpec } from '../../../src/spec/output-spec';
import { checkTableSchema } from '../../../src/spec/schema/check-table-schema';
import { Account, BUCKET, PIPELINE } from '../account';
import { captureLines } from '../standard-output';

let account: Account;
let steps: FinishedSteps;
beforeAll(async () => {
  account = await Account.start();
  steps = new FinishedSteps(account);
});
afterAll(() => account.stop());
afterEach(() => jest.restoreAllMocks());

let output: ReturnType<typeof captureLines>;
beforeEach(() => {
  output = captureLines();
});

async function itemOf({ job }: FinishInput): Promise<JobItem> {
  return (await account.store.find(job.jobId, job.key))!;
}

describe('publishing', () => {
  it('publishes the output without row numbers, and the rejects with the cells of the source', async () => {
    const input = await steps.input('both');
    expect(await handler(input)).toEqual({ status: 'SUCCEEDED' });
    expect(await account.text('processed/both.csv')).toBe('id,n\n1,a\n3,c\n');
    expect(await account.text('failed/both.job-both.rejects.csv')).toBe(
      'id,n,_row,_column,_code,_message\n2,,3,n,constraint-error,n is required\n',
    );
    expect(await itemOf(input)).toMatchObject({
      status: 'SUCCEEDED',
      rowsRead: 3,
      rowsWritten: 2,
      rowsRejected: 1,
      rowsFiltered: 0,
      countsComplete: true,
      outputs: ['processed/both.csv'],
      rejects: 'failed/both.job-both.rejects.csv',
      specSha256: input.spec.sha256,
      executionArn: ARN,
      attempt: 0,
      sizeBytes: 17,
      pipeline: PIPELINE,
      durationsMs: { validate: 1000, transform: 2000, enrich: 3000, finish: expect.any(Number) },
    });
  });

  it('stamps the output with the version of the source that it was made from', async () => {
    const input = await steps.input('stämp (1)');
    await handler(input);
    expect(await account.head('processed/stämp (1).csv')).toMatchObject({
      ContentType: 'text/csv; charset=utf-8',
      Metadata: {
        'source-key': 'raw/st%C3%A4mp%20(1).csv',
        'source-version-id': input.job.versionId,
        'job-id': 'job-stmp1',
        'commit-id': 'job-stmp1:0',
      },
    });
  });

  it.each<[OutputSpec, string, string, string]>([
    [{ type: 'json-lines' }, 'jsonl', 'application/jsonl', '{"id":"1","n":"a"}\n{"id":"3","n":"c"}\n'],
    [
      { type: 'parquet', compression: 'none', rowGroupBytes: 1048576, decimalPrecision: 38, decimalScale: 0 },
      'parquet',
      'application/vnd.apache.parquet',
      'PAR1',
    ],
  ])('publishes in the format of the pipeline: %j', async (format, extension, contentType, text) => {
    const input = await steps.input(`as-${extension}`, { output: format });
    await handler(input);
    const key = `processed/as-${extension}.${extension}`;
    expect(await itemOf(input)).toMatchObject({ status: 'SUCCEEDED', rowsWritten: 2, outputs: [key] });
    expect(await account.head(key)).toMatchObject({ ContentType: contentType });
    expect((await account.text(key))!.startsWith(text)).toBe(true);
  });

  it('fails where the format cannot hold a cell', async () => {
    const schema = checkTableSchema({ fields: [{ name: 'id' }, { name: 'n', type: 'integer' }] });
    const input = await steps.input('unfit', { output: { type: 'json-lines' }, schema });
    await expect(handler(input)).rejects.toMatchObject({ name: 'output-error' });
    expect(await itemOf(input)).toMatchObject({
      status: 'FAILED',
      step: 'finish',
      errorCode: 'output-error',
      errorMessage: 'row 2, column "n": the cell is no integer',
      outputs: [],
    });
  });

  it('publishes the header alone where every row was rejected', async () => {
    const input = await steps.input('none-left');
    const { job } = input;
    await account.put(
      `staging/${job.jobId}/validate/rejects.csv`,
      '_row,_column,_code,_message\n2,n,type-error,a\n3,n,type-error,b\n4,n,type-error,c\n',
    );
    await account.put(`staging/${job.jobId}/enrich/data.csv`, '_row,id,n\n');
    const all = structuredClone(input) as any;
    all.steps.validate.result.counts = counts(3, 3);
    all.steps.transform.result.counts = counts(0);
    all.steps.enrich.result.counts = counts(0);
    expect(await handler(all)).toEqual({ status: 'SUCCEEDED' });
    expect(await account.text('processed/none-left.csv')).toBe('id,n\n');
    expect(await itemOf(input)).toMatchObject({ rowsRead: 3, rowsWritten: 0, rowsRejected: 3 });
  });

  it('writes no rejects file where no row was rejected, also where a step returns null for it', async () => {
    const input = (await steps.input('clean')) as any;
    await account.put('staging/job-clean/enrich/data.csv', '_row,id,n\n2,1,a\n3,2,\n4,3,c\n');
    input.steps.validate.result = { ...input.steps.validate.result, rejects: null, counts: counts(3) };
    input.steps.transform.result.counts = counts(3);
    input.steps.enrich.result.counts = counts(3);
    await handler(input);
    expect(await account.keys('failed/clean')).toEqual([]);
    expect(await itemOf(input)).toMatchObject({ status: 'SUCCEEDED', rejects: null });
  });

  it('merges the rejects of all steps into one file, in the order of the source', async () => {
    const input = (await steps.input('several')) as any;
    const rejects = { bucket: BUCKET, key: 'staging/job-several/enrich/rejects.csv' };
    await account.put(rejects.key, '_row,_column,_code,_message\n2,id,lookup-error,the lookup has no row\n');
    await account.put('staging/job-several/enrich/data.csv', '_row,id,n\n4,3,c\n');
    input.steps.enrich.result = { ...input.steps.enrich.result, rejects, counts: counts(2, 1) };
    await handler(input);
    expect(await account.text('failed/several.job-several.rejects.csv')).toBe(
      'id,n,_row,_column,_code,_message\n' +
        '1,a,2,id,lookup-error,the lookup has no row\n' +
        '2,,3,n,constraint-error,n is required\n',
    );
    expect(await itemOf(input)).toMatchObject({ rowsRead: 3, rowsWritten: 1, rowsRejected: 2 });
  });

  it("emits the job's metrics once, and those of its steps", async () => {
    const input = await steps.input('metrics');
    await handler(input);
    await handler(input);
    const metrics = output.metrics();
    expect(metrics).toHaveLength(5);
    expect(metrics[0]).toMatchObject({
      Pipeline: PIPELINE,
      jobId: 'job-metrics',
      status: 'SUCCEEDED',
      SuccessRate: 100,
      FailureRate: 0,
      RowsRead: 3,
      RowsWritten: 2,
      RowsRejected: 1,
      RowsFiltered: 0,
    });
    const finishedAt = Date.parse((await itemOf(input)).finishedAt!);
    expect(metrics[0].ProcessingLatency).toBe(finishedAt - Date.parse('2026-01-31T09:00:00.000Z'));
    expect(metrics.slice(1).map(({ Step }) => Step)).toEqual(['validate', 'transform', 'enrich', 'finish']);
    expect(metrics[2]).toMatchObject({ Step: 'transform', ProcessingLatency: 2000 });
  });

  it('keeps the item for its time from the end of the job on', async () => {
    const input = await steps.input('kept');
    await handler(input);
    const { expiresAt, finishedAt } = await itemOf(input);
    expect(expiresAt).toBe(Math.floor(Date.parse(finishedAt!) / 1000) + 7_776_000);
  });

  it('answers a repeated call as it did before, and does nothing', async () => {
    const input = await steps.input('repeated');
    await handler(input);
    const before = await account.head('processed/repeated.csv');
    expect(await handler(input)).toEqual({ status: 'SUCCEEDED' });
    expect((await account.head('processed/repeated.csv'))!.VersionId).toBe(before!.VersionId);
  });

  it('says of a source how it was found to be written, and of the rejects how many are kept', async () => {
    const detect = ['delimiter', 'quoteChar', 'header', 'encoding'] as const;
    const dialect = { ...DEFAULT_DIALECT, detect };
    const input = await steps.input('found-out', {
      dialect,
      limits: { ...DEFAULT_LIMITS, maxRejectsKept: 1 },
    });
    const { job } = input;
    const rejected = '_row,_column,_code,_message\n2,n,type-error,a\n3,n,type-error,b\n';
    await account.put(`staging/${job.jobId}/validate/rejects.csv`, rejected);
    await account.put(`staging/${job.jobId}/enrich/data.csv`, '_row,id,n\n4,3,c\n');
    const two = structuredClone(input) as any;
    two.steps.validate.result.counts = counts(3, 2);
    two.steps.transform.result.counts = counts(1);
    two.steps.enrich.result.counts = counts(1);
    expect(await handler(two)).toEqual({ status: 'SUCCEEDED' });
    expect(await itemOf(input)).toMatchObject({
      rowsRejected: 2,
      rejectsKept: 1,
      dialect: { delimiter: ',', quoteChar: '"', header: true, encoding: 'utf-8' },
    });
    const { rejects } = await itemOf(input);
    expect((await account.text(rejects!))!.split('\n')).toHaveLength(3);
  });

  it('counts rows behind a header of several records', async () => {
    const input = await steps.input('two-headers', { dialect: { ...DEFAULT_DIALECT, headerRows: [1, 2] } });
    const { job } = input;
    await account.put(`staging/${job.jobId}/enrich/data.csv`, '_row,id,n\n4,3,c\n');
    const one = structuredClone(input) as any;
    one.steps.validate.result.counts = counts(2, 1);
    one.steps.transform.result.counts = counts(1);
    one.steps.enrich.result.counts = counts(1);
    expect(await handler(one)).toEqual({ status: 'SUCCEEDED' });
    const again = await steps.input('two-headers-2', { dialect: { ...DEFAULT_DIALECT, headerRows: [1, 2] } });
    // Record 2 belongs to the header, so no step can have written it as a row.
    await expect(handler(again)).rejects.toMatchObject({ name: 'step-contract-violation' });
  });

  it('replaces an earlier output', async () => {
    await account.put('processed/replaced.csv', 'old');
    await handler(await steps.input('replaced'));
    expect(await account.text('processed/replaced.csv')).toBe('id,n\n1,a\n3,c\n');
  });

  it('publishes nothing of a source that has a newer version', async () => {
    const input = await steps.input('superseded');
    await account.put(input.job.key, 'newer');
    expect(await handler(input)).toEqual({ status: 'SUPERSEDED' });
    expect(await account.keys('processed/superseded')).toEqual([]);
    expect(await account.keys('failed/superseded')).toEqual([]);
    expect(await itemOf(input)).toMatchObject({
      status: 'SUPERSEDED',
      rowsRead: 3,
      rowsWritten: 0,
      outputs: [],
      rejects: null,
    });
    expect(output.metrics()[0]).toMatchObject({ SuccessRate: 100, FailureRate: 0, RowsWritten: 0 });
    expect(await handler(input)).toEqual({ status: 'SUPERSEDED' });
  });
});

describe('the reject policy', () => {
  it('publishes nothing beyond it, but the rejects', async () => {
    const input = await steps.input('too-many', { rejectPolicy: { type: 'fail-on-first' } });
    await expect(handler(input)).rejects.toMatchObject({
      name: 'too-many-rejects',
      message: '1 of 3 rows were rejected, the policy tolerates none',
    });
    expect(await account.keys('processed/too-many')).toEqual([]);
    expect(await account.text('failed/too-many.job-too-many.rejects.csv')).toContain('constraint-error');
    expect(await itemOf(input)).toMatchObject({
      status: 'FAILED',
      step: 'finish',
      errorCode: 'too-many-rejects',
      rowsRead: 3,
      rowsWritten: 0,
      rowsRejected: 1,
      rowsFiltered: 0,
      countsComplete: true,
      outputs: [],
      rejects: 'failed/too-many.job-too-many.rejects.csv',
    });
    expect(output.metrics()[0]).toMatchObject({ SuccessRate: 0, FailureRate: 100 });
  });

  it('fails the same way when it is called again, and changes nothing', async () => {
    const input = await steps.input('again', { rejectPolicy: { type: 'fail-on-first' } });
    await expect(handler(input)).rejects.toMatchObject({ name: 'too-many-rejects' });
    const before = await itemOf(input);
    await expect(handler(input)).rejects.toMatchObject({
      name: 'too-many-rejects',
      message: '1 of 3 rows were rejected, the policy tolerates none',
    });
    expect(await itemOf(input)).toEqual(before);
  });

  it('lets a redrive succeed where an attempt before it failed', async () => {
    const input = await steps.input('redriven', { rejectPolicy: { type: 'fail-on-first' } });
    await expect(handler(input)).rejects.toThrow();
    const spec = await account.putSpec({ rejectPolicy: { type: 'tolerate-rows', rows: 1 } });
    const redriven = { ...input, spec, execution: { ...input.execution, redriveCount: 1 } };
    expect(await handler(redriven)).toEqual({ status: 'SUCCEEDED' });
    expect(await itemOf(input)).toMatchObject({ status: 'SUCCEEDED', attempt: 1 });
    expect(await itemOf(input)).not.toHaveProperty('errorCode');
  });
});

describe('what steps return', () => {
  const breaking: Array<[string, (steps: any, jobId: string) => unknown, string, string]> = [
    [
      'rows that do not add up',
      ({ transform }) => (transform.result.counts = { ...counts(2), rowsWritten: 1 }),
      'conservation-violated',
      'transform read 2 rows, but wrote 1, rejected 0 and filtered 0',
    ],
    [
      'rows that the step before did not write',
      ({ enrich }) => (enrich.result.counts = counts(1)),
      'conservation-violated',
      'transform wrote 2 rows, but enrich read 1',
    ],
    [
      'a count that is no whole number',
      ({ enrich }) => (enrich.result.counts = { ...counts(2), rowsRead: 1.5 }),
      'step-contract-violation',
      'what enrich returned breaks its contract: counts.rowsRead is 1.5, expected a whole number of at least 0',
    ],
    [
      'a count that is text',
      ({ validate }) => (validate.result.counts = { ...counts(2), rowsFiltered: 'secret' }),
      'step-contract-violation',
      'what validate returned breaks its contract: counts.rowsFiltered is of type string, expected a whole number of at least 0',
    ],
    [
      'rejects without a pointer',
      ({ validate }) => delete validate.result.rejects,
      'step-contract-violation',
      'what validate returned breaks its contract: it rejected 1 rows and returned no rejects',
    ],
    [
      'data that is no pointer',
      ({ enrich }) => (enrich.result.data = 'staging/x'),
      'step-contract-violation',
      'what enrich returned breaks its contract: data is of type string, expected a pointer',
    ],
    [
      'data of another job',
      ({ enrich }) => (enrich.result.data.key = 'staging/other/enrich/data.csv'),
      'step-contract-violation',
      'what enrich returned breaks its contract: data does not lie under s3://orders/staging/',
    ],
    [
      'rejects in another bucket',
      ({ validate }) => (validate.result.rejects.bucket = 'theirs'),
      'step-contract-violation',
      'what validate returned breaks its contract: rejects does not lie under s3://orders/staging/',
    ],
    [
      'a pointer without a key',
      ({ enrich }) => delete enrich.result.data.key,
      'step-contract-violation',
      'what enrich returned breaks its contract: data does not lie under s3://orders/staging/',
    ],
    [
      'a file with fewer rows than it counted',
      ({ validate, transform, enrich }) => {
        validate.result.counts = counts(4, 1);
        transform.result.counts = counts(3);
        enrich.result.counts = counts(3);
      },
      'conservation-violated',
      'the last step counted 3 rows written, its data holds 2',
    ],
    [
      'fewer rejects than it counted',
      ({ validate, transform, enrich }) => {
        validate.result.counts = counts(4, 2);
        transform.result.counts = counts(2);
        enrich.result.counts = counts(2);
      },
      'conservation-violated',
      'validate counted 2 rejected rows, its rejects hold 1',
    ],
    [
      'rejects that it did not count',
      ({ validate, transform, enrich }) => {
        for (const step of [validate, transform, enrich]) step.result.counts = counts(2);
      },
      'conservation-violated',
      'validate counted 0 rejected rows, its rejects hold 1',
    ],
    [
      'rejects of one step that another counted',
      ({ validate, transform, enrich }, jobId) => {
        validate.result.counts = counts(3);
        transform.result.counts = counts(3);
        enrich.result.counts = counts(3, 1);
        enrich.result.rejects = { bucket: BUCKET, key: `staging/${jobId}/empty.csv` };
      },
      'conservation-violated',
      'validate counted 0 rejected rows, its rejects hold 1',
    ],
    [
      'rejects that are not there, though it counted none',
      ({ enrich }, jobId) => (enrich.result.rejects = { bucket: BUCKET, key: `staging/${jobId}/none.csv` }),
      'step-contract-violation',
      "the step's rejects s3://orders/staging/",
    ],
    [
      'a row that it rejected as well, in place of one that it lost',
      (_steps, jobId) => account.put(`staging/${jobId}/enrich/data.csv`, '_row,id,n\n2,1,a\n3,2,\n'),
      'step-contract-violation',
      'row 3 is written or rejected more than once',
    ],
    [
      'a row that the source does not have',
      (_steps, jobId) => account.put(`staging/${jobId}/enrich/data.csv`, '_row,id,n\n2,1,a\n5,2,\n'),
      'step-contract-violation',
      'a step wrote or rejected row 5, which the source does not have',
    ],
    [
      'the header as a row',
      (_steps, jobId) => account.put(`staging/${jobId}/enrich/data.csv`, '_row,id,n\n2,1,a\n1,id,n\n'),
      'step-contract-violation',
      'a step wrote or rejected row 1, which the source does not have',
    ],
    [
      'a pointer to nothing',
      ({ enrich }, jobId) => (enrich.result.data.key = `staging/${jobId}/enrich/none.csv`),
      'step-contract-violation',
      'does not exist',
    ],
  ];

  it.each(breaking)('fails a job for %s', async (what, change, name, message) => {
    const input = await steps.input(what.replaceAll(' ', '-'));
    await account.put(`staging/${input.job.jobId}/empty.csv`, '_row,_column,_code,_message\n');
    await change(input.steps, input.job.jobId);
    await expect(handler(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    expect(await itemOf(input)).toMatchObject({
      status: 'FAILED',
      step: 'finish',
      errorCode: name,
      outputs: [],
    });
    expect(await account.keys(`processed/${what.replaceAll(' ', '-')}`)).toEqual([]);
  });

  it.each([
    ['headless', '1,a\n2,b\n', 2, 'raw/headless.csv', '_row,id,n\n1,1,a\n2,2,b\n'],
    [
      'dropped-back',
      'id,n\n1,a\n2,b\n',
      2,
      `raw/x.${'a'.repeat(32)}.rejects.csv`,
      '_row,id,n\n2,1,a\n3,2,b\n',
    ],
  ])('counts the rows of a source without header from 1 on: %s', async (name, source, rows, key, data) => {
    const dialect = { ...DEFAULT_DIALECT, header: false };
    const input = (await steps.input(name, { dialect })) as any;
    const job = await account.putSource(key, source, input.job.jobId);
    await account.put(`staging/${job.jobId}/enrich/data.csv`, data);
    for (const step of Object.values<any>(input.steps)) step.result.counts = counts(rows);
    delete input.steps.validate.result.rejects;
    expect(await handler({ ...input, job })).toEqual({ status: 'SUCCEEDED' });
  });

  it('publishes no rejects file where a step returns rejects without a row', async () => {
    const input = (await steps.input('rowless')) as any;
    const { jobId } = input.job;
    await account.put(`staging/${jobId}/enrich/data.csv`, '_row,id,n\n2,1,a\n3,2,\n4,3,c\n');
    await account.put(`staging/${jobId}/validate/rejects.csv`, '_row,_column,_code,_message\n');
    for (const step of Object.values<any>(input.steps)) step.result.counts = counts(3);
    expect(await handler(input)).toEqual({ status: 'SUCCEEDED' });
    expect(await account.keys('failed/rowless')).toEqual([]);
  });

  it('passes over counts that cannot be believed when it stores a failure', async () => {
    const input = (await steps.input('unbelievable')) as any;
    input.steps.transform.result.counts = null;
    await expect(handler(input)).rejects.toMatchObject({ name: 'step-contract-violation' });
    expect(await itemOf(input)).toMatchObject({
      rowsRead: 3,
      rowsWritten: 0,
      rowsRejected: 1,
      countsComplete: false,
    });
  });
});

describe('failures before publishing', () => {
  it('fails where the source is gone, if its cells are needed', async () => {
    const input = await steps.input('vanished');
    const job = { ...input.job, versionId: (await account.put('raw/another.csv', 'x'))! };
    await expect(handler({ ...input, job })).rejects.toMatchObject({ name: 'source-not-found' });
  });

  it('fails where the key of the rejects would be too long', async () => {
    const input = await steps.input(`${'x'.repeat(960)}`);
    await expect(handler(input)).rejects.toMatchObject({ name: 'key-too-long' });
    expect(await itemOf(input)).toMatchObject({ status: 'FAILED', errorCode: 'key-too-long' });
  });

  it.each([
    ['no object', 'text', "the message's job.jobId is missing, expected text"],
    [
      'another contract',
      { contract: 2 },
      'the message has contract version 2, this function reads versions up to 1',
    ],
    ['no job', { contract: 1 }, "the message's job.jobId is missing, expected text"],
  ])('refuses a message with %s', async (_what, event, message) => {
    await expect(handler(event)).rejects.toMatchObject({ name: 'step-contract-violation', message });
  });

  it('refuses a message without steps', async () => {
    const input = await steps.input('stepless');
    await expect(handler({ ...input, steps: undefined })).rejects.toMatchObject({
      name: 'step-contract-violation',
      message: "the message's steps are no object",
    });
  });
});
