import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type GetSecretValue, readHashKeys } from '../../../src/handlers/steps/hash-keys';
import { SecretsService } from '../../../src/local/secretsmanager/secrets-service';
import { AwsError } from '../../../src/local/services';
import { ENV } from '../../../src/shared/environment';
import type { TransformSpec } from '../../../src/spec/transforms/transform-spec';
import { type LocalServices, startLocalServices } from '../../local/local-services';
import { captureLines } from '../standard-output';

let services: LocalServices;
let secrets: SecretsService;
let client: SecretsManagerClient;
let refusal: AwsError | undefined;
beforeAll(async () => {
  services = await startLocalServices();
  secrets = new SecretsService(
    {
      authorize: () => {
        if (refusal) throw refusal;
      },
    },
    services.faults,
  );
  services.gateway.register('secretsmanager', secrets);
  client = new SecretsManagerClient({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await services.stop();
});
afterEach(() => {
  delete process.env[ENV.hashKeys];
  refusal = undefined;
});

const getSecretValue: GetSecretValue = (secretId) =>
  client.send(new GetSecretValueCommand({ SecretId: secretId }));

const hash = (key: string): TransformSpec => ({ type: 'hash', column: 'email', key });

/** Reads the keys of hashes; `sources` are those of the function's environment. */
function read(names: readonly string[], sources: object) {
  process.env[ENV.hashKeys] = JSON.stringify(sources);
  return readHashKeys([{ type: 'trim', columns: ['a'] }, ...names.map(hash)], getSecretValue);
}

beforeEach(() => void captureLines());
afterEach(() => jest.restoreAllMocks());

it('reads each key once, however many hashes take it', async () => {
  const { arn } = secrets.create('one');
  secrets.put('one', { SecretString: 'sesame' });
  const before = services.journal.entries.length;
  expect(await read(['Shop/One', 'Shop/One'], { 'Shop/One': { secretId: arn } })).toEqual({
    'Shop/One': 'sesame',
  });
  expect(
    services.journal.entries.slice(before).map((entry) => entry.kind === 'request' && entry.operation),
  ).toEqual(['GetSecretValue']);
});

it('takes a member of a JSON secret, a text of any characters', async () => {
  secrets.create('members');
  secrets.put('members', { SecretString: '{"a":"ö\\"","b":"2"}' });
  const sources = {
    'Shop/M#a': { secretId: 'members', jsonField: 'a' },
    'Shop/M#b': { secretId: 'members', jsonField: 'b' },
  };
  expect(await read(['Shop/M#a', 'Shop/M#b'], sources)).toEqual({ 'Shop/M#a': 'ö"', 'Shop/M#b': '2' });
});

it('takes bytes as they are', async () => {
  secrets.create('binary');
  secrets.put('binary', { SecretBinary: Buffer.from([0, 255, 10]).toString('base64') });
  const { 'Shop/B': key } = await read(['Shop/B'], { 'Shop/B': { secretId: 'binary' } });
  expect([...(key as Uint8Array)]).toEqual([0, 255, 10]);
});

it('asks for no secret where nothing is hashed', async () => {
  expect(await readHashKeys([{ type: 'trim', columns: ['a'] }], () => Promise.reject(new Error()))).toEqual(
    {},
  );
});

it.each<readonly [what: string, value: string | null | undefined, source: object, message: string]>([
  ['is not there', undefined, {}, 'the secret it does not exist, or has no value'],
  ['has no value', null, {}, 'the secret it does not exist, or has no value'],
  ['is empty', '', {}, 'the secret it is empty'],
  ...['hidden', '["hidden"]', '{"b":"hidden"}', '{"a":7}', '{"a":""}', '{}', ''].map(
    (value) =>
      [
        `is ${value}`,
        value,
        { jsonField: 'a' },
        'the secret it is no JSON object with a text that is not empty in "a"',
      ] as const,
  ),
  [
    'has no member of its own of that name',
    '{}',
    { jsonField: 'constructor' },
    'the secret it is no JSON object with a text that is not empty in "constructor"',
  ],
])('fails where the secret %s', async (_what, value, source, message) => {
  const fresh = new SecretsService({ authorize: () => undefined }, services.faults);
  services.gateway.register('secretsmanager', fresh);
  if (value !== undefined) fresh.create('it');
  if (typeof value === 'string') fresh.put('it', { SecretString: value });
  try {
    await expect(read(['Shop/It'], { 'Shop/It': { secretId: 'it', ...source } })).rejects.toMatchObject({
      name: 'secret-unreadable',
      message,
    });
  } finally {
    services.gateway.register('secretsmanager', secrets);
  }
});

it('fails where an update of the pipeline has taken the key away', async () => {
  const message =
    'the pipeline has no hash key "Shop/Old" any more: it was updated after the job began, so replay the job';
  await expect(read(['Shop/Old'], {})).rejects.toMatchObject({ name: 'secret-unreadable', message });
  delete process.env[ENV.hashKeys];
  await expect(readHashKeys([hash('Shop/Old')], getSecretValue)).rejects.toMatchObject({ message });
});

it('names the rights where reading is refused', async () => {
  refusal = new AwsError('AccessDeniedException', 'Access to KMS is not allowed');
  await expect(read(['K'], { K: { secretId: 'one' } })).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      "reading the secret one was refused: the function's role needs secretsmanager:GetSecretValue on it, and " +
      'kms:Decrypt on its key where that is one of your own (Access to KMS is not allowed)',
  });
});

it('says what Secrets Manager says of anything else', async () => {
  refusal = new AwsError('InvalidRequestException', 'the secret was marked for deletion');
  await expect(read(['K'], { K: { secretId: 'one' } })).rejects.toMatchObject({
    name: 'secret-unreadable',
    message: 'the secret one cannot be read: InvalidRequestException: the secret was marked for deletion',
  });
});

it('looks for no field in a secret that is bytes', async () => {
  secrets.create('binary');
  secrets.put('binary', { SecretBinary: Buffer.from('sesame').toString('base64') });
  await expect(read(['K'], { K: { secretId: 'binary', jsonField: 'key' } })).rejects.toMatchObject({
    name: 'secret-unreadable',
    message: 'the secret binary is no JSON object with a text that is not empty in "key"',
  });
});

it('leaves to another try what may pass by itself', async () => {
  services.faults.answer(
    { service: 'secretsmanager', operation: 'GetSecretValue' },
    { code: 'InternalServiceError', status: 500 },
  );
  await expect(read(['K'], { K: { secretId: 'one' } })).rejects.toMatchObject({
    name: 'InternalServiceError',
  });
});

it('logs which version of which key was read, and nothing of the key', async () => {
  const { lines } = captureLines();
  await read(['Shop/One'], { 'Shop/One': { secretId: 'one' } });
  const versionId = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(lines).toEqual([expect.objectContaining({ message: 'hash key read', key: 'Shop/One', versionId })]);
  expect(JSON.stringify(lines)).not.toContain('sesame');
});
