import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { expectConservation } from './conservation';
import { records } from './orders';
import { Pipeline } from './pipeline';
import { itLocal, startTarget, type Target } from './target';

const PEOPLE = 'name,email,phone\nAda,ada@example.org,555-0100\nEve,ada@example.org,\nLee,,555-0100\n';

let target: Target;
let hashed: Pipeline;
let keyless: Pipeline;
beforeAll(async () => {
  target = await startTarget('EtlE2ePrivacy-dev');
  [hashed, keyless] = [new Pipeline(target, 'Hashed'), new Pipeline(target, 'Keyless')];
});
afterAll(() => target?.stop());

async function secretOf(output: string): Promise<string> {
  const SecretId = target.outputs[output];
  return (await target.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString!;
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

it('replaces cells by their HMAC under the secret, equal ones by equal ones, and leaves missing ones missing', async () => {
  const job = await hashed.run('raw/people.csv', PEOPLE);
  expect(job).toMatchObject({ status: 'SUCCEEDED', rowsWritten: 3 });
  const email = hmac(await secretOf('KeyArn'), 'ada@example.org');
  const members = JSON.parse(await secretOf('MembersArn')) as { user: string; phone: string };
  const phone = hmac(members.phone, '555-0100');
  expect(members.user).toBe('etl');
  expect(records(await hashed.text(job.outputs[0]))).toEqual([
    { name: 'A**', email, phone },
    { name: 'E**', email, phone: '' },
    { name: 'L**', email: '', phone },
  ]);
});

it('takes a rotated key from the next job on', async () => {
  await target.secrets.send(
    new PutSecretValueCommand({
      SecretId: target.outputs.KeyArn,
      SecretString: 'the next key, of 32 bytes or so',
    }),
  );
  const job = await hashed.run('raw/rotated.csv', PEOPLE);
  expect(records(await hashed.text(job.outputs[0]))[0].email).toBe(
    hmac('the next key, of 32 bytes or so', 'ada@example.org'),
  );
});

it('fails the job where the secret has no value, and publishes nothing', async () => {
  const job = await keyless.run('raw/people.csv', PEOPLE);
  expect(job).toMatchObject({
    status: 'FAILED',
    step: 'transform',
    errorCode: 'secret-unreadable',
    errorMessage: expect.stringMatching(/^the secret arn:\S+ does not exist, or has no value$/),
    outputs: [],
  });
});

itLocal('[local] shows the key and the cells nowhere but in the bucket', async () => {
  const seen = JSON.stringify([target.run!.journal.entries, await hashed.scan(), await keyless.scan()]);
  expect(seen).toContain('hash key read');
  for (const hidden of [await secretOf('KeyArn'), 'the next key', 'ada@example.org', '555-0100']) {
    expect(seen).not.toContain(hidden);
  }
  const { phone } = JSON.parse(await secretOf('MembersArn')) as { phone: string };
  expect(seen).not.toContain(JSON.stringify(phone).slice(1, -1));
});

it('conserves the rows of every job', () => expectConservation(hashed));
