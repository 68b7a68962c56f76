import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import * as path from 'node:path';
import { App, Stack, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { main } from '../../src/cli/index';
import { Transform, ServerlessCsvEtl } from '../../src/index';

const FULL_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:team/phone-AbCdEf';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'cli-secrets-'));
  const app = new App({ outdir: path.join(directory, 'cdk.out') });
  const stack = new Stack(app, 'Shop');
  const { Secret } = secretsmanager;
  new ServerlessCsvEtl(stack, 'People', {
    transforms: [
      Transform.hash('email', { key: Secret.fromSecretNameV2(stack, 'Email', 'prod/email') }),
      Transform.hash('phone', { key: Secret.fromSecretCompleteArn(stack, 'Phone', FULL_ARN) }),
      Transform.hash('name', { key: new Secret(stack, 'Own', { secretName: 'own' }) }),
    ],
  });
  app.synth();
  writeFileSync(path.join(directory, 'people.csv'), 'name,email,phone\nAda,ada@example.org,555\n');
  writeFileSync(path.join(directory, 'email.txt'), 'key of e-mail\n');
  writeFileSync(path.join(directory, 'phone.txt'), 'key of phones');
  writeFileSync(path.join(directory, 'own.txt'), 'key of names');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function run(...args: string[]) {
  let [out, error] = ['', ''];
  const code = await main(['run', 'people.csv', '--app', 'cdk.out', ...args], {
    directory,
    out: (text) => (out += String(text)),
    error: (text) => (error += text),
    interrupted: new Promise(() => {}),
  });
  return { code, out, error };
}

it('hashes with the texts of files, as they are, in place of imported secrets and of the template’s own', async () => {
  const given = ['prod/email=email.txt', 'team/phone=phone.txt', 'own=own.txt'];
  const { code, out } = await run(...given.flatMap((each) => ['--secret', each]));
  expect([code, out]).toEqual([0, expect.stringContaining('SUCCEEDED')]);
  expect(out).toContain(
    'made with the text of email.txt, as the app only imports it: AWS::SecretsManager::Secret prod/email\n',
  );
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
  const published = readFileSync(path.join(directory, 'etl-local/processed/people.csv'), 'utf8');
  expect(published.split('\n')[1]).toBe(
    [
      hmac('key of names', 'Ada'),
      hmac('key of e-mail\n', 'ada@example.org'),
      hmac('key of phones', '555'),
    ].join(),
  );
});

it('says how to give a secret that the app only imports, and fails the job that needs it', async () => {
  const { code, out } = await run();
  expect(code).toBe(1);
  expect(out).toContain(
    'made without a value, as the app only imports it: AWS::SecretsManager::Secret prod/email ' +
      '(--secret prod/email=FILE gives it the text of a file)\n',
  );
  expect(out).toContain('secret-unreadable');
});

it.each([
  ['own', '--secret expects NAME=FILE, such as prod/hash-key=hash-key.txt'],
  ['=own.txt', '--secret expects NAME=FILE'],
  ['own=', '--secret expects NAME=FILE'],
  ['own=nowhere.txt', 'there is no file '],
  ['other=own.txt', 'the local run does not provide the secret other, which nothing in the app names'],
])('refuses --secret %s', async (secret, message) => {
  const { code, error } = await run('--secret', secret);
  expect([code, error]).toEqual([2, expect.stringContaining(message)]);
});
