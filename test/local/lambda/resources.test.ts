import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Functions } from './functions';
import { extractZip } from '../../../src/local/lambda/zip-archive';

let functions: Functions;
beforeEach(() => (functions = new Functions()));
afterEach(() => functions.stop());

const CODE = 'exports.handler = async () => 1';

describe('a function of the template', () => {
  it('has a name of its own where none is given', () => {
    const { ref, attributes } = functions.make('Fn', CODE, { FunctionName: undefined });
    expect(ref).toMatch(/^Stack-Fn-[0-9a-f]{12}$/);
    expect(attributes.Arn).toBe(`arn:aws:lambda:us-east-1:000000000000:function:${ref}`);
  });

  it.each([
    [
      { FileSystemConfigs: ['arn'] },
      'the local run does not provide the property FileSystemConfigs of AWS::Lambda::Function, used at Stack/fn',
    ],
    [
      { Code: { ImageUri: 'x' } },
      'the local run does not provide functions made of container images, used at Stack/fn',
    ],
    [
      { Environment: { Variables: { A: 'x'.repeat(5000) } } },
      'the environment variables of Stack/fn take 5008 bytes, Lambda allows 4096',
    ],
  ])('is refused with what cannot be imitated: %j', (properties, message) => {
    expect(() => functions.make('fn', CODE, properties)).toThrow(message);
  });

  it('fails when it runs, where its runtime or code is not there', async () => {
    functions.make('ruby', CODE, { Runtime: 'ruby3.4' });
    functions.make('elsewhere', CODE, { Code: { S3Bucket: 'theirs', S3Key: 'code.zip' } });
    const errorMessage = 'the local run does not provide the Lambda runtime ruby3.4, needed by Stack/ruby';
    expect(await functions.call('ruby')).toEqual({
      functionError: 'Unhandled',
      payload: { errorType: 'NotProvidedError', errorMessage },
      log: errorMessage,
    });
    expect(functions.lines('ruby')).toEqual([`ERROR ${errorMessage}`]);
    expect((await functions.call('elsewhere')).payload.errorMessage).toBe(
      'the local run does not provide function code that is no asset of the app (s3://theirs/code.zip), used at Stack/elsewhere',
    );
  });

  it('has versions, aliases and permissions', () => {
    expect(functions.provide('AWS::Lambda::Version', 'V', { FunctionName: 'arn:fn' })).toEqual({
      ref: 'arn:fn:1',
      attributes: { Version: '1' },
    });
    expect(
      functions.provide('AWS::Lambda::Alias', 'A', { FunctionName: 'arn:fn', Name: 'live' }).attributes,
    ).toEqual({ AliasArn: 'arn:fn:live' });
    const permission = { Action: 'lambda:InvokeFunction', FunctionName: 'fn', Principal: 's3.amazonaws.com' };
    expect(functions.provide('AWS::Lambda::Permission', 'P', permission).ref).toBe('P');
    expect(functions.permissions.all()).toHaveLength(1);
  });
});

describe('a runtime of its own', () => {
  const BOOTSTRAP = `#!/bin/sh
API=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
echo started in $LAMBDA_TASK_ROOT
while true; do
  EVENT=$(curl -s -D "$HOME/headers" $API/invocation/next)
  ID=$(grep -i request-id "$HOME/headers" | cut -d' ' -f2 | tr -d '\\r')
  case "$EVENT" in
    *wrong*) curl -s -X POST $API/invocation/other/response -d x; echo ;;
    *unknown*) curl -s -X POST $API/nothing -d x; echo ;;
  esac
  case "$EVENT" in
    *plain*) curl -s -X POST -H 'Lambda-Runtime-Function-Error-Type: Own.Error' $API/invocation/$ID/error -d 'no json' ;;
    *error*) curl -s -X POST $API/invocation/$ID/error -d '{"errorType":"TransientError","errorMessage":"m"}' ;;
    *typeless*) curl -s -X POST $API/invocation/$ID/error -d '{}' ;;
    *) curl -s -X POST $API/invocation/$ID/response -d "$EVENT" ;;
  esac
done
`;

  beforeEach(() => void functions.make('shell', { bootstrap: BOOTSTRAP }, { Runtime: 'provided.al2023' }));

  it('speaks the Runtime API', async () => {
    expect((await functions.call('shell', { a: 1 })).payload).toEqual({ a: 1 });
    expect((await functions.call('shell', 'error')).payload).toEqual({
      errorType: 'TransientError',
      errorMessage: 'm',
    });
    expect(functions.lines('shell')[0]).toMatch(/^started in .*functions\/shell$/);
  });

  it('may send no more than the type of an error, or not even that', async () => {
    expect((await functions.call('shell', 'plain')).payload).toEqual({
      errorType: 'Own.Error',
      errorMessage: 'no json',
    });
    expect((await functions.call('shell', 'typeless')).payload).toEqual({
      errorType: 'Unhandled',
      errorMessage: '',
    });
  });

  it('is told of calls that mean nothing, and goes on', async () => {
    await functions.call('shell', 'wrong');
    await functions.call('shell', 'unknown');
    expect(functions.lines('shell').join('')).toContain('InvalidRequestID');
    expect(functions.lines('shell').join('')).toContain('NotFound');
  });

  it('fails where its program is not there', async () => {
    functions.make('empty', { 'readme.txt': '' }, { Runtime: 'provided' });
    const { payload } = await functions.call('empty');
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(payload.errorMessage).toContain('ENOENT');
  });
});

describe('a ZIP archive', () => {
  const zip = (...args: string[]): Buffer => execFileSync('zip', args, { cwd: functions.directory });

  it('is unpacked, whether packed or only stored, with folders and modes', async () => {
    const source = path.join(functions.directory, 'source');
    mkdirSync(path.join(source, 'sub'), { recursive: true });
    writeFileSync(path.join(source, 'index.js'), `exports.handler = async () => require('./sub/text.json')`, {
      mode: 0o755,
    });
    writeFileSync(path.join(source, 'sub/text.json'), JSON.stringify('x'.repeat(1000)));
    execFileSync('zip', ['-r', '-n', '.js', '../code.zip', '.'], { cwd: source });
    const archive = path.join(functions.directory, 'code.zip');
    functions.assets.push({
      source: archive,
      packaging: 'file',
      bucketName: 'assets',
      objectKey: 'code.zip',
    });
    functions.make('zipped', CODE, { Code: { S3Bucket: 'assets', S3Key: 'code.zip' } });
    expect((await functions.call('zipped')).payload).toBe('x'.repeat(1000));
    const { mode } = statSync(path.join(functions.directory, 'lambda/functions/zipped/index.js'));
    expect((mode % 0o1000).toString(8)).toBe('755');
  });

  it('is refused where it is none, is damaged, or leaves its folder', async () => {
    const file = (name: string): string => path.join(functions.directory, name);
    writeFileSync(file('no.zip'), 'nothing of the kind, but long enough to look for an end');
    await expect(extractZip(file('no.zip'), file('out'))).rejects.toThrow('no.zip is no ZIP archive');

    writeFileSync(file('a.txt'), 'text');
    zip('good.zip', 'a.txt');
    const good = readFileSync(file('good.zip'));
    const at = good.indexOf('PK\u0001\u0002');
    const damaged = (change: (bytes: Buffer) => void): string => {
      const bytes = Buffer.from(good);
      change(bytes);
      writeFileSync(file('bad.zip'), bytes);
      return file('bad.zip');
    };
    await expect(
      extractZip(
        damaged((bytes) => bytes.fill(0, at, at + 4)),
        file('out'),
      ),
    ).rejects.toThrow('bad.zip has a damaged directory');
    await expect(
      extractZip(
        damaged((bytes) => bytes.writeUInt16LE(99, at + 10)),
        file('out'),
      ),
    ).rejects.toThrow('a.txt is packed by an unknown method 99');
    await expect(
      extractZip(
        damaged((bytes) => bytes.write('../xy', at + 46)),
        file('out'),
      ),
    ).rejects.toThrow('has an entry outside of itself: ../xy');
  });
});
