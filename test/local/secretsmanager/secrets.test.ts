import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { generateSecret, type SecretGenerator } from '../../../src/local/secretsmanager/generate-secret';
import { SecretResources } from '../../../src/local/secretsmanager/secret-resources';
import { SecretsService } from '../../../src/local/secretsmanager/secrets-service';
import { AwsError, type TemplateResource } from '../../../src/local/services';
import { type LocalServices, startLocalServices } from '../local-services';

let services: LocalServices;
let secrets: SecretsService;
let resources: SecretResources;
let client: SecretsManagerClient;
const asked: string[] = [];
let isRefused = false;
beforeAll(async () => {
  services = await startLocalServices();
  secrets = new SecretsService(
    {
      authorize: (_, action, resource) => {
        asked.push(`${action} ${resource}`);
        if (isRefused) throw new AwsError('AccessDeniedException', 'no');
      },
    },
    services.faults,
  );
  resources = new SecretResources(secrets);
  services.gateway.register('secretsmanager', secrets);
  client = new SecretsManagerClient({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await services.stop();
});
beforeEach(() => {
  asked.length = 0;
  isRefused = false;
});

function make(logicalId: string, properties: object, type = 'AWS::SecretsManager::Secret') {
  const resource: TemplateResource = {
    type,
    logicalId,
    properties,
    metadata: {},
    stackName: 'Shop',
    path: `Shop/${logicalId}`,
  };
  return resources.provide(resource);
}

const valueOf = (input: { SecretId: string; VersionStage?: string; VersionId?: string }) =>
  client.send(new GetSecretValueCommand(input));

describe('a secret of the template', () => {
  it('has the value that stands there', async () => {
    const { ref, attributes } = make('Fixed', { Name: 'shop/fixed', SecretString: 'sesame', Tags: [] });
    expect(ref).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:shop\/fixed-[0-9a-f]{6}$/);
    expect(attributes).toEqual({ Id: ref });
    const answer = await valueOf({ SecretId: ref });
    expect(answer).toMatchObject({
      ARN: ref,
      Name: 'shop/fixed',
      SecretString: 'sesame',
      VersionStages: ['AWSCURRENT'],
    });
    expect(answer.CreatedDate).toBeInstanceOf(Date);
  });

  it('has a value of its own where one is to be generated', async () => {
    const [one, other] = [
      make('One', { GenerateSecretString: {} }),
      make('Other', { GenerateSecretString: {} }),
    ];
    const values = await Promise.all(
      [one, other].map(async ({ ref }) => (await valueOf({ SecretId: ref })).SecretString!),
    );
    expect(values.map((value) => value.length)).toEqual([32, 32]);
    expect(values[0]).not.toBe(values[1]);
  });

  it('has no value where the template gives none', async () => {
    const { ref } = make('Empty', { Description: 'filled later', KmsKeyId: 'k' });
    await expect(valueOf({ SecretId: ref })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
  });

  it('is refused with a property that the local run does not know', () => {
    expect(() => make('Odd', { Type: 'odd' })).toThrow('the property Type of AWS::SecretsManager::Secret');
  });

  it('has the policy that is attached to it', () => {
    const { ref } = make('Guarded', { SecretString: 'x' });
    const policy = {
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*' }],
    };
    expect(secrets.policyOf(ref)).toEqual([]);
    const properties = { SecretId: ref, ResourcePolicy: policy, BlockPublicPolicy: true };
    expect(make('Policy', properties, 'AWS::SecretsManager::ResourcePolicy')).toEqual({
      ref,
      attributes: { Id: ref },
    });
    expect(secrets.policyOf(ref)).toMatchObject([{ effect: 'Deny' }]);
    expect(secrets.policyOf('arn:aws:secretsmanager:us-east-1:000000000000:secret:none')).toEqual([]);
  });
});

describe('a secret', () => {
  it('is found by its name, its ARN, and its ARN without the last six characters', async () => {
    const { ref } = make('Named', { Name: 'named', SecretString: 'x' });
    for (const SecretId of ['named', ref, ref.slice(0, -7)]) {
      expect(await valueOf({ SecretId })).toMatchObject({ ARN: ref });
    }
    expect(asked).toEqual(Array(3).fill(`secretsmanager:GetSecretValue ${ref}`));
  });

  it('is judged before it is said to be there or not', async () => {
    isRefused = true;
    await expect(valueOf({ SecretId: 'nowhere' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    isRefused = false;
    await expect(valueOf({ SecretId: 'nowhere' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
    const arn = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:theirs';
    await expect(valueOf({ SecretId: arn })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(asked.slice(1)).toEqual([
      'secretsmanager:GetSecretValue arn:aws:secretsmanager:us-east-1:000000000000:secret:nowhere',
      `secretsmanager:GetSecretValue ${arn}`,
    ]);
  });

  it('keeps its version before the current one', async () => {
    const { ref } = make('Rotating', { SecretString: 'one' });
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId: ref, SecretString }));
    const { VersionId: second } = await put('two');
    expect(await valueOf({ SecretId: ref })).toMatchObject({ SecretString: 'two', VersionId: second });
    expect(await valueOf({ SecretId: ref, VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      SecretString: 'one',
      VersionStages: ['AWSPREVIOUS'],
    });
    await put('three');
    expect(await valueOf({ SecretId: ref, VersionId: second })).toMatchObject({ SecretString: 'two' });
    await expect(
      valueOf({ SecretId: ref, VersionId: second, VersionStage: 'AWSCURRENT' }),
    ).rejects.toMatchObject({
      message: `Secrets Manager can't find the specified secret value for VersionId: ${second}`,
    });
    const described = await client.send(new DescribeSecretCommand({ SecretId: ref }));
    expect(Object.values(described.VersionIdsToStages!)).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
    await put('four');
    await expect(valueOf({ SecretId: ref, VersionId: second })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('holds bytes as well', async () => {
    const { ref } = make('Binary', {});
    await client.send(new PutSecretValueCommand({ SecretId: ref, SecretBinary: Buffer.from([0, 255]) }));
    const { SecretBinary, SecretString } = await valueOf({ SecretId: ref });
    expect([[...SecretBinary!], SecretString]).toEqual([[0, 255], undefined]);
  });

  it('takes the same version twice as once, and another value for it not at all', async () => {
    const { ref } = make('Retried', {});
    const put = (SecretString: string) =>
      client.send(
        new PutSecretValueCommand({ SecretId: ref, SecretString, ClientRequestToken: 'a'.repeat(32) }),
      );
    const [first, again] = [await put('x'), await put('x')];
    expect(again.VersionId).toBe(first.VersionId);
    await expect(put('y')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('is not given a value where a request has none, or stages that are not the current one', async () => {
    const { ref } = make('Unset', {});
    await expect(client.send(new PutSecretValueCommand({ SecretId: ref }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const staged = { SecretId: ref, SecretString: 'x', VersionStages: ['MINE'] };
    await expect(client.send(new PutSecretValueCommand(staged))).rejects.toThrow('does not provide versions');
  });
});

it('refuses operations that it does not have', async () => {
  await expect(client.send(new CreateSecretCommand({ Name: 'x' }))).rejects.toThrow(
    'the local run does not provide the operation CreateSecret of Secrets Manager',
  );
});

describe('a generated text', () => {
  it.each<[SecretGenerator, RegExp]>([
    [{}, /^[!-~]{32}$/],
    [{ PasswordLength: 5, ExcludePunctuation: true }, /^[A-Za-z0-9]{5}$/],
    [{ ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true }, /^[0-9]{32}$/],
    [{ ExcludeNumbers: true, ExcludePunctuation: true, ExcludeCharacters: 'aA' }, /^[b-zB-Z]{32}$/],
    [{ PasswordLength: 40, IncludeSpace: true, RequireEachIncludedType: false }, /^[ -~]{40}$/],
    [
      { SecretStringTemplate: '{"user":"u"}', GenerateStringKey: 'key', ExcludePunctuation: true },
      /^\{"user":"u","key":"\w{32}"\}$/,
    ],
  ])('of %j has those characters', (generator, pattern) => {
    for (let time = 0; time < 50; time++) expect(generateSecret(generator)).toMatch(pattern);
  });

  it('has one of each kind at least', () => {
    for (let time = 0; time < 200; time++) {
      const text = generateSecret({ PasswordLength: 5, IncludeSpace: true });
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!-/:-@[-`{-~]/, / /]) expect(text).toMatch(kind);
    }
  });
});
