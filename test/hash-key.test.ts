import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ServerlessCsvEtl, StepHandler, Transform } from '../src';
import { appWith, errorOf, functionNamed, rightsOf, templateOf } from './synthesis';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/key-AbCdEf';

function hashing(stack: Stack, ...transforms: Transform[]): ServerlessCsvEtl {
  return new ServerlessCsvEtl(stack, 'Orders', { transforms });
}

/** The statements of a step that have to do with its secrets. */
function secretRights(template: Template, step = 'transform'): object[] {
  return rightsOf(template, step).filter((statement) => /secretsmanager|kms/.test(JSON.stringify(statement)));
}

function variablesOf(template: Template, step: string): Record<string, any> {
  return functionNamed(template, step).Properties.Environment?.Variables ?? {};
}

it('gives the step Transform the right to read that secret, and nobody else any', () => {
  const template = templateOf((stack) => {
    const key = new secretsmanager.Secret(stack, 'Key');
    hashing(stack, Transform.hash('email', { key }), Transform.hash('phone', { key, jsonField: 'phone' }));
  });
  const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
  expect(secretRights(template)).toEqual([
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: { Ref: secret } },
  ]);
  for (const other of ['trigger', 'validate', 'enrich', 'finish', 'quality', 'api']) {
    expect(secretRights(template, other)).toEqual([]);
  }
  expect(variablesOf(template, 'transform')).toEqual({
    ETL_HASH_KEYS: {
      'Fn::Join': [
        '',
        [
          '{"Shop/Key":{"secretId":"',
          { Ref: secret },
          '"},"Shop/Key#phone":{"secretId":"',
          { Ref: secret },
          '","jsonField":"phone"}}',
        ],
      ],
    },
  });
});

it('needs neither right nor variable where nothing is hashed', () => {
  const template = templateOf((stack) => hashing(stack, Transform.mask('email')));
  expect([secretRights(template), variablesOf(template, 'transform')]).toEqual([[], {}]);
});

it('names a key in the spec by its path alone', () => {
  const app = appWith();
  const stack = new Stack(app, 'Shop');
  const etl = hashing(
    stack,
    Transform.hash('email', { key: secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'prod/key') }),
  );
  const { directory } = app.synth();
  const spec = JSON.parse(readFileSync(join(directory, etl.stateMachine.specAsset.assetPath), 'utf8'));
  expect(spec.transforms).toEqual([{ type: 'hash', column: 'email', key: 'Shop/Key' }]);
});

it('reads a secret that is imported by its name, whatever six characters follow it', () => {
  const template = templateOf((stack) =>
    hashing(
      stack,
      Transform.hash('email', { key: secretsmanager.Secret.fromSecretNameV2(stack, 'Key', 'prod/key') }),
    ),
  );
  expect(JSON.stringify(secretRights(template))).toMatch(/:secret:prod\/key-\?{6}"/);
});

it('reads a secret that is imported by its ARN', () => {
  const template = templateOf((stack) =>
    hashing(
      stack,
      Transform.hash('email', { key: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Key', ARN) }),
    ),
  );
  expect(secretRights(template)).toMatchObject([{ Resource: ARN }]);
  expect(variablesOf(template, 'transform')).toEqual({ ETL_HASH_KEYS: `{"Shop/Key":{"secretId":"${ARN}"}}` });
});

it('may decrypt a secret under a key of its own, through Secrets Manager only', () => {
  const template = templateOf((stack) => {
    const encryptionKey = new kms.Key(stack, 'Kms');
    hashing(
      stack,
      Transform.hash('email', { key: new secretsmanager.Secret(stack, 'Key', { encryptionKey }) }),
    );
  });
  const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
  expect(secretRights(template)[1]).toEqual({
    Action: 'kms:Decrypt',
    Condition: {
      StringEquals: {
        'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
      },
    },
    Effect: 'Allow',
    Resource: { 'Fn::GetAtt': [key, 'Arn'] },
  });
});

it('gives a Transform of your own the same right, and the same variable where the pipeline makes its function', () => {
  const template = templateOf((stack) => {
    new ServerlessCsvEtl(stack, 'Orders', {
      transforms: [
        Transform.hash('email', { key: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Key', ARN) }),
      ],
      steps: {
        transform: StepHandler.fromCode({
          code: lambda.Code.fromInline('def handler(event, context): pass'),
          handler: 'index.handler',
          runtime: lambda.Runtime.PYTHON_3_14,
        }),
      },
    });
  });
  expect(secretRights(template)).toMatchObject([{ Resource: ARN }]);
  expect(variablesOf(template, 'transform')).toHaveProperty('ETL_HASH_KEYS');
});

it('takes a secret of another stack', () => {
  const app = appWith();
  const [secrets, stack] = [new Stack(app, 'Secrets'), new Stack(app, 'Shop')];
  hashing(stack, Transform.hash('email', { key: new secretsmanager.Secret(secrets, 'Key') }));
  expect(JSON.stringify(secretRights(Template.fromStack(stack)))).toContain('"Fn::ImportValue":"Secrets:');
});

it.each<[string, string]>([
  [
    '',
    'Shop/Orders/StateMachine: transforms[0]: Transform.hash: jsonField: got "", expected a text that is not empty',
  ],
  [
    '${Token[TOKEN.1]}',
    'Shop/Orders/StateMachine: transforms[0]: Transform.hash: jsonField: got a token, expected a value that is known at synthesis',
  ],
])('refuses the JSON field %j', (jsonField, message) => {
  expect(
    errorOf((stack) =>
      hashing(stack, Transform.hash('email', { key: new secretsmanager.Secret(stack, 'Key'), jsonField })),
    ),
  ).toContain(message);
});

it('refuses a column that is not there', () => {
  expect(
    errorOf((stack) =>
      hashing(
        stack,
        Transform.keep('email'),
        Transform.hash('mail', { key: new secretsmanager.Secret(stack, 'Key') }),
      ),
    ),
  ).toContain('transforms[1].column: got the unknown column "mail", expected one of email');
});

it("refuses more keys than fit into a function's environment", () => {
  const keys = (count: number) => (stack: Stack) =>
    hashing(
      stack,
      ...Array.from({ length: count }, (_, index) =>
        Transform.hash('email', { key: new secretsmanager.Secret(stack, `Key${index}`) }),
      ),
    );
  expect(() => templateOf(keys(5))).not.toThrow();
  expect(errorOf(keys(6))).toBe(
    "Shop/Orders/StateMachine: transforms: got 6 different keys of hashes, whose paths and ARNs can take 3654 bytes of the function's environment, expected at most 3500",
  );
});
