import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseCommandLine } from '../../src/cli/command-line';
import { main } from '../../src/cli/main';
import { selectPipeline } from '../../src/cli/select-pipeline';
import { synthesise } from '../../src/cli/synthesise';
import { PIPELINE_METADATA } from '../../src/shared/layout';

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'cli-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(file: string, content: unknown): string {
  const target = path.join(directory, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  return target;
}

/** An assembly of one stack that holds pipelines of these construct paths. */
function assemblyOf(...pipelines: string[]): string {
  const trigger = (pipeline: string) => ({
    Type: 'AWS::Lambda::Function',
    Metadata: { [PIPELINE_METADATA]: { path: pipeline } },
  });
  write('cdk.out/Main.template.json', {
    Resources: Object.fromEntries(pipelines.map((pipeline, index) => [`T${index}`, trigger(pipeline)])),
  });
  write('cdk.out/manifest.json', {
    artifacts: {
      Main: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Main.template.json' } },
    },
  });
  return path.join(directory, 'cdk.out');
}

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const code = await main(args, {
    directory,
    out: (text) => (out += text),
    error: (text) => (error += text),
    interrupted: new Promise(() => {}),
  });
  return { code, out, error };
}

describe('the command line', () => {
  it('takes files and options', () => {
    expect(
      parseCommandLine([
        'run',
        'a.csv',
        'b.csv',
        '--app',
        'node app.js',
        '--pipeline',
        'S/E',
        '--out',
        'o',
        '--code',
        'S/E/Step=build/here',
        '--code',
        'S/F=f=g.zip',
        '--json',
        '--keep',
        '--secret',
        'a=b=c',
      ]),
    ).toEqual({
      kind: 'run',
      files: ['a.csv', 'b.csv'],
      app: 'node app.js',
      pipeline: 'S/E',
      out: 'o',
      code: { 'S/E/Step': 'build/here', 'S/F': 'f=g.zip' },
      json: true,
      keep: true,
      secrets: new Map([['a', 'b=c']]),
    });
    expect(parseCommandLine(['run', 'a.csv'])).toMatchObject({
      out: 'etl-local',
      code: {},
      json: false,
      keep: false,
    });
  });

  it('explains itself', async () => {
    for (const args of [['--help'], [], ['run', '-h']]) {
      expect(await run(...args)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Usage: serverless-csv-etl run FILE...'),
      });
    }
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8'));
    expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, error: '' });
  });

  it('is the program that the package installs', async () => {
    const written: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
    const { argv } = process;
    process.argv = ['node', 'serverless-csv-etl', 'fly'];
    try {
      jest.requireActual('../../src/cli');
      while (process.exitCode === undefined) await new Promise(setImmediate);
      expect(process.exitCode).toBe(2);
      expect(written).toEqual([
        "serverless-csv-etl: unknown command 'fly', expected 'run', 'validate', 'infer' or 'init' (see --help)\n",
      ]);
    } finally {
      process.argv = argv;
      process.exitCode = undefined;
      jest.restoreAllMocks();
    }
  });

  it.each([
    [['run', '--app', 'x'], 'no file given: serverless-csv-etl run FILE... (see --help)'],
    [['deploy'], "unknown command 'deploy', expected 'run', 'validate', 'infer' or 'init' (see --help)"],
    [['--json'], "unknown command '', expected 'run', 'validate', 'infer' or 'init' (see --help)"],
    [['run', 'nowhere.csv'], 'there is no file'],
    [
      ['run', 'a.csv', '--code', 'S/F'],
      '--code is S/F, expected the construct path of a function and a folder',
    ],
    [['run', '--verbose'], "Unknown option '--verbose'"],
  ])('refuses %j', async (args, message) => {
    const { code, out, error } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(`serverless-csv-etl: ${message}`);
  });

  it('refuses two files of one name', async () => {
    write('a/x.csv', '');
    write('b/x.csv', '');
    expect((await run('run', 'a/x.csv', 'b/x.csv')).error).toContain(
      'two files are named x.csv: both would be the same object in S3',
    );
  });

  it('shows where it broke, when it is not the app that is wrong', async () => {
    write('x.csv', '');
    write('cdk.out/manifest.json', 'no json');
    expect((await run('run', 'x.csv', '--app', 'cdk.out')).error).toMatch(/SyntaxError[^]* at /);
  });
});

describe('an app', () => {
  const APP = `const fs = require('fs'); const dir = process.env.CDK_OUTDIR; fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(dir + '/manifest.json', JSON.stringify({ context: JSON.parse(process.env.CDK_CONTEXT_JSON), account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION }))`;
  const output = (): string => path.join(directory, 'out');

  it('is synthesised by the command and with the context of its cdk.json', async () => {
    write('app.js', APP);
    write('cdk.json', { app: 'node app.js', context: { flag: true, other: 1 } });
    write('cdk.context.json', { other: 2 });
    expect(await synthesise({ directory, output: output() })).toBe(output());
    expect(JSON.parse(readFileSync(path.join(output(), 'manifest.json'), 'utf8'))).toEqual({
      context: { flag: true, other: 2 },
      account: '000000000000',
      region: 'us-east-1',
    });
  });

  it('may be given by a command, or as the folder of an assembly', async () => {
    write('app.js', APP);
    expect(await synthesise({ directory, app: 'node app.js', output: output() })).toBe(output());
    expect(await synthesise({ directory, app: assemblyOf(), output: output() })).toBe(
      path.join(directory, 'cdk.out'),
    );
  });

  it.each([
    ['is not there', undefined, 'no app: give --app \'COMMAND\', or run where a cdk.json with "app" is'],
    [
      'fails',
      `node -e "console.log('to out'); console.error('to error'); process.exit(3)"`,
      /failed \(exit code 3\):\n(to out\nto error|to error\nto out)$/,
    ],
    ['is killed', 'kill -9 $$', 'failed (SIGKILL)'],
    ['writes nothing', 'true', "the app 'true' ended without writing a cloud assembly: does it make an App?"],
  ])('is refused where it %s', async (_, app, message) => {
    await expect(synthesise({ directory, app, output: output() })).rejects.toThrow(message);
  });

  it('is refused where its cdk.json cannot be read', async () => {
    write('cdk.json', '{');
    await expect(synthesise({ directory, output: output() })).rejects.toThrow(/cdk\.json is no JSON: /);
  });
});

describe('the pipeline', () => {
  it('is the only one, or the one that is named', () => {
    expect(selectPipeline(assemblyOf('Main/Orders'), undefined)).toBe('Main/Orders');
    expect(selectPipeline(assemblyOf('Main/Orders', 'Main/Stock'), 'Main/Stock')).toBe('Main/Stock');
  });

  it.each([
    [[], undefined, 'the app has no pipeline: no stack of it holds a ServerlessCsvEtl'],
    [
      ['Main/A', 'Main/B'],
      undefined,
      'the app has 2 pipelines; say which one:\n  --pipeline Main/A\n  --pipeline Main/B',
    ],
    [['Main/A'], 'Main/X', "the app has no pipeline 'Main/X'; it has\n  --pipeline Main/A"],
  ])('is asked for: %j, %s', (pipelines, named, message) => {
    expect(() => selectPipeline(assemblyOf(...pipelines), named)).toThrow(message);
  });
});
