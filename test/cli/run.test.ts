import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import * as path from 'node:path';
import { App, Stack, aws_ec2 as ec2, aws_iam as iam, aws_lambda as lambda, aws_s3 as s3 } from 'aws-cdk-lib';
import { main } from '../../src/cli/index';
import { ServerlessCsvEtl } from '../../src/index';

/** One assembly for all: synthesis takes the longest. */
const workspace = mkdtempSync(path.join(os.tmpdir(), 'cli-run-'));
const assembly = path.join(workspace, 'cdk.out');
let directory: string;

beforeAll(() => {
  const app = new App({ outdir: assembly });
  const stack = new Stack(app, 'Shop');
  const etl = new ServerlessCsvEtl(stack, 'Orders');
  const imported = s3.Bucket.fromBucketName(stack, 'Archive', 'shop-archive');
  imported.grantRead(etl.trigger.triggerFunction as unknown as iam.IGrantable);
  new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });

  const broken = new Stack(app, 'Broken');
  const other = new ServerlessCsvEtl(broken, 'Stock');
  (other.trigger.triggerFunction.node.defaultChild as lambda.CfnFunction).addPropertyOverride(
    'Handler',
    'index.absent',
  );

  const locked = new Stack(app, 'Locked');
  new ServerlessCsvEtl(locked, 'Door');
  const boundary = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
  for (const each of locked.node.findAll()) {
    if (each instanceof lambda.CfnPermission) each.addPropertyOverride('SourceAccount', '111111111111');
  }
  const limited = new Stack(app, 'Limited');
  new ServerlessCsvEtl(limited, 'Reader');
  for (const each of limited.node.findAll()) {
    if (each instanceof iam.CfnRole && each.node.path.includes('/Validate/')) {
      each.addPropertyOverride('PermissionsBoundary', boundary);
    }
  }
  app.synth();
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));
beforeEach(() => (directory = mkdtempSync(path.join(workspace, 'test-'))));

function file(name: string, text: string): string {
  writeFileSync(path.join(directory, name), text);
  return name;
}

async function run(
  args: string[],
  interrupted: Promise<void> = new Promise(() => {}),
  heard: (text: string) => void = () => {},
) {
  let out = '';
  let error = '';
  const listen = (piece: string | Uint8Array): void => {
    const text = String(piece);
    out += text;
    heard(text);
  };
  const all = ['run', '--app', assembly, '--pipeline', 'Shop/Orders', ...args];
  const code = await main(all, { directory, out: listen, error: (text) => (error += text), interrupted });
  return { code, out, error };
}

describe('serverless-csv-etl run', () => {
  it('brings back outputs and rejects, and tells what became of each file', async () => {
    file('good.csv', 'id,name\n1,Ada\n');
    file('ragged.csv', `id,name\n${'1,Ada\n2\n'.repeat(7)}`);
    const { code, out, error } = await run(['good.csv', 'ragged.csv']);
    expect([code, error]).toEqual([0, '']);
    const results = path.join(directory, 'etl-local');
    expect(readFileSync(path.join(results, 'processed/good.csv'), 'utf8')).toBe('id,name\n1,Ada\n');
    const [rejects] = readdirSync(path.join(results, 'failed'));
    expect(rejects).toMatch(/^ragged\.[0-9a-f]{32}\.rejects\.csv$/);
    const { jobs, notRun } = JSON.parse(readFileSync(path.join(results, 'jobs.json'), 'utf8'));
    expect(jobs).toHaveLength(2);
    expect(notRun).toContainEqual({ path: 'Shop/Vpc/Resource', type: 'AWS::EC2::VPC' });
    expect(readdirSync(path.join(results, 'processed'))).toEqual(['good.csv', 'ragged.csv']);

    expect(out).toContain('pipeline Shop/Orders, started at http://127.0.0.1:');
    expect(out).toContain('made empty, as the app only imports it: AWS::S3::Bucket shop-archive');
    expect(out).toMatch(/not run, as the pipeline does not reach it: \d+ resources of Shop, /);
    expect(out).toMatch(/good\.csv {2}Validate +\d+ ms\n/);
    expect(out).toContain('good.csv  SUCCEEDED');
    expect(out).toMatch(
      /ragged\.csv: SUCCEEDED {3}job [0-9a-f]{32}\n {2}rows {5}14 read, 7 written, 7 rejected, 0 filtered\n/,
    );
    expect(out).toMatch(/ {4}row {2}column {2}code +message\n {6}3 {2}name +missing-cell /);
    expect(out).toContain('... and 2 more');
    expect(out).toContain('SuccessRate 100 Percent');
  });

  it('writes one JSON document, and nothing else, with --json', async () => {
    file('a.csv', 'id\n1\n');
    const { code, out } = await run(['a.csv', '--json', '--out', 'results']);
    const document = JSON.parse(out);
    expect(code).toBe(0);
    expect(document).toMatchObject({ pipeline: 'Shop/Orders', out: path.join(directory, 'results') });
    expect(document.jobs).toEqual([
      expect.objectContaining({
        status: 'SUCCEEDED',
        fileName: 'raw/a.csv',
        rowsRead: 1,
        rowsWritten: 1,
        outputs: ['processed/a.csv'],
        outputFiles: [path.join(directory, 'results/processed/a.csv')],
        rejects: null,
        rejectsFile: null,
        file: path.join(directory, 'a.csv'),
      }),
    ]);
    expect(document.metrics).toContainEqual({ name: 'RowsRead', unit: 'Count', value: 1 });
    expect(document.denied).toEqual([]);
  });

  it('ends with 1 where a job failed, and says why', async () => {
    file('open.csv', 'id\n"1\n');
    const { code, out } = await run(['open.csv']);
    expect(code).toBe(1);
    expect(out).toMatch(/open\.csv: FAILED/);
    expect(out).toMatch(/ {2}error {4}unclosed-quote in validate: /);
    expect(existsSync(path.join(directory, 'etl-local/processed'))).toBe(false);
  });

  it('stays up with --keep, and tells how to use it', async () => {
    file('a.csv', 'id\n1\n');
    let stop: () => void = () => {};
    const interrupted = new Promise<void>((resolve) => (stop = resolve));
    let endpoint = '';
    const { code, out } = await run(['a.csv', '--keep'], interrupted, (text) => {
      endpoint ||= /AWS_ENDPOINT_URL=(\S+)/.exec(text)?.[1] ?? '';
      if (!text.includes('up until Ctrl-C')) return;
      void fetch(endpoint).then(() => stop());
    });
    expect(code).toBe(0);
    expect(out).toMatch(/aws s3 cp FILE s3:\/\/shop-orders-\S+\/raw\//);
    expect(out).toMatch(
      /curl --aws-sigv4 aws:amz:us-east-1:execute-api --user \S+ http:\/\/127\.0\.0\.1:\d+\/prod\/status\/JOB_ID/,
    );
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  it('ends when it is interrupted, and leaves nothing behind', async () => {
    file('a.csv', 'id\n1\n');
    const temporary = mkdtempSync(path.join(workspace, 'tmp-'));
    const tmpdir = jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
    expect(await run(['a.csv'], Promise.resolve())).toMatchObject({ code: 130 });
    expect(tmpdir).toHaveBeenCalled();
    tmpdir.mockRestore();
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('does not drop a file that would start nothing', async () => {
    file('a.txt', 'id\n1\n');
    const { code, error } = await run(['a.txt']);
    expect(code).toBe(2);
    expect(error).toContain('a.txt would not start a job: Shop/Orders takes in .csv');
  });

  it('refuses code that is not there, or is for no function', async () => {
    file('good.csv', 'a\n1\n');
    expect(await run(['good.csv', '--code', 'Shop/Orders/Trigger=build'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('there is no file'),
    });
    const { error } = await run(['good.csv', '--code', `Shop/Orders/Triggers=${directory}`]);
    expect(error).toContain('code for Shop/Orders/Triggers: the functions are Shop/Orders/');
  });

  it('shows which calls policies deny, and which statement is missing', async () => {
    file('a.csv', 'id\n1\n');
    const { code, out } = await run(['a.csv', '--pipeline', 'Limited/Reader']);
    expect(code).toBe(1);
    expect(out).toMatch(/a\.csv: FAILED/);
    expect(out).toMatch(
      /denied, as the policies of the template stand:\n(?: .*\n)* {2}ReaderStateMachineValidateRole\w+: s3:PutObject on arn:aws:s3:::\S+\/staging\/\S+\n {4}no permissions boundary allows the s3:PutObject action: the role Limited\/Reader\/StateMachine\/Validate\/Role\/Resource, used by \S+, lacks \{"Effect":"Allow","Action":"s3:PutObject",/,
    );
  });

  it('ends with what was denied where no job can come of a file', async () => {
    file('a.csv', 'id\n1\n');
    const { code, error } = await run(['a.csv', '--pipeline', 'Locked/Door']);
    expect(code).toBe(2);
    expect(error).toMatch(
      /^serverless-csv-etl: the job of raw\/a\.csv cannot end, as policies deny that its event is handed on\ndenied, [^\n]+\n {2}s3\.amazonaws\.com: lambda:InvokeFunction on arn:aws:lambda:\S+\n {4}no resource-based policy allows /,
    );
  });

  it('tells where an event went that no job came of', async () => {
    file('a.csv', 'id\n1\n');
    const { code, error } = await run(['a.csv', '--pipeline', 'Broken/Stock']);
    expect(code).toBe(2);
    expect(error).toMatch(
      /the event of raw\/a\.csv ended in the dead-letter queue of broken-stock-trigger\S*: .*index\.absent is undefined or not exported/,
    );
  });
});
