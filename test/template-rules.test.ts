import type { Template } from 'aws-cdk-lib/assertions';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { ServerlessCsvEtl } from '../src';
import { type Resource, resourcesOf, resourcesOfType, stableTemplate, templateOf } from './synthesis';

/** Feature flags are the user's to choose. */
const CONTEXTS: Record<string, Record<string, unknown>> = {
  'no feature flags': {},
  'all recommended feature flags': Object.fromEntries(
    Object.entries(cxapi.FLAGS)
      .filter(([flag]) => !cxapi.CURRENT_VERSION_EXPIRED_FLAGS.includes(flag))
      .map(([flag, { recommendedValue }]) => [flag, recommendedValue]),
  ),
  'policies that are made one by one': { [cxapi.LAMBDA_CREATE_NEW_POLICIES_WITH_ADDTOROLEPOLICY]: true },
};

/** Handlers that CDK adds by itself. */
const CDK_HANDLERS = /^(CustomS3AutoDeleteObjects|BucketNotificationsHandler)/;

const ownFunctions = (template: Template): Resource[] =>
  Object.entries(resourcesOf(template))
    .filter(([id, { Type }]) => Type === 'AWS::Lambda::Function' && !CDK_HANDLERS.test(id))
    .map(([, resource]) => resource);

const ownRoles = (template: Template): [string, Resource][] =>
  Object.entries(resourcesOf(template)).filter(
    ([id, { Type }]) => Type === 'AWS::IAM::Role' && !CDK_HANDLERS.test(id),
  );

describe.each(Object.entries(CONTEXTS))('under %s', (_, context) => {
  const template = templateOf((stack) => new ServerlessCsvEtl(stack, 'Orders'), context);

  it('no resource is one that a library must not make', () => {
    const types = Object.values(resourcesOf(template)).map(({ Type }) => Type);
    expect(types.filter((type) => /^AWS::(ApiGateway::Account|EC2)/.test(type))).toEqual([]);
  });

  it('nothing is kept or protected', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(
      /"Retain|"Snapshot"|DeletionProtectionEnabled":true/,
    );
  });

  it('functions fit new accounts: memory, environment, no reserved concurrency', () => {
    expect(ownFunctions(template)).toHaveLength(7);
    for (const { Properties } of ownFunctions(template)) {
      expect(Properties.MemorySize).toBeLessThanOrEqual(3008);
      // ARNs are tokens here: their text at deploy is shorter than the JSON that stands for it plus 100 characters each.
      expect(JSON.stringify(Properties.Environment ?? {}).length).toBeLessThan(3000);
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
      expect(Properties.VpcConfig).toBeUndefined();
    }
  });

  it('functions are on arm64 and Node, traced, with JSON logs in a group of their own', () => {
    const groups = ownFunctions(template).map(({ Properties }) => {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
      });
      return Properties.LoggingConfig.LogGroup.Ref;
    });
    expect(new Set(groups).size).toBe(7);
  });

  it('log groups are kept 7 days and are the only ones', () => {
    const groups = resourcesOfType(template, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(8);
    for (const group of groups) expect(group.Properties.RetentionInDays).toBe(7);
  });

  it('roles have inline policies only, so that rights are there when AWS checks them', () => {
    expect(ownRoles(template)).toHaveLength(8);
    for (const [id, { Properties }] of ownRoles(template)) {
      expect(Properties.Policies).toHaveLength(1);
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(Properties.RoleName).toBeUndefined();
      const attached = resourcesOfType(template, 'AWS::IAM::Policy').filter(({ Properties: policy }) =>
        policy.Roles.some((role: any) => role.Ref === id),
      );
      expect(attached).toEqual([]);
    }
  });

  it('no action is a wildcard, and no resource is but for logs delivery and traces', () => {
    for (const [, { Properties }] of ownRoles(template)) {
      for (const { Action, Resource } of Properties.Policies[0].PolicyDocument.Statement) {
        const actions: string[] = [Action].flat();
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        if ([Resource].flat().includes('*')) {
          expect(actions.every((action) => /^(xray|logs):/.test(action))).toBe(true);
        }
      }
    }
  });

  it('functions that are invoked asynchronously, and targets of rules, have dead-letter queues', () => {
    const withQueue = ownFunctions(template).filter(({ Properties }) => Properties.DeadLetterConfig);
    expect(withQueue.map(({ Properties }) => Properties.FunctionName.replace(/-dev-.*/, '')).sort()).toEqual([
      'shop-orders-observability-qualitycheck',
      'shop-orders-statemachine-finish',
      'shop-orders-trigger-handler',
    ]);
    for (const { Properties } of resourcesOfType(template, 'AWS::Events::Rule')) {
      for (const target of Properties.Targets) expect(target.DeadLetterConfig).toBeDefined();
    }
  });

  it('queues are encrypted and TLS-only', () => {
    const queues = resourcesOfType(template, 'AWS::SQS::Queue');
    expect(queues).toHaveLength(3);
    for (const { Properties } of queues) expect(Properties.SqsManagedSseEnabled).toBe(true);
    const policies = JSON.stringify(resourcesOfType(template, 'AWS::SQS::QueuePolicy'));
    expect(policies.match(/"aws:SecureTransport":"false"/g)).toHaveLength(3);
  });

  it('nothing names an account or a region', () => {
    const text = JSON.stringify(stableTemplate(template));
    expect(text).not.toMatch(
      /\b\d{12}\b|\b(us|eu|ap|sa|ca|me|af)-(north|south|east|west|central)[a-z]*-\d\b/,
    );
  });
});

it('all recommended feature flags change the template as recorded', () => {
  const template = templateOf(
    (stack) => new ServerlessCsvEtl(stack, 'Orders'),
    CONTEXTS['all recommended feature flags'],
  );
  expect(stableTemplate(template)).toMatchSnapshot();
});

it('the template does not depend on how CDK adds policies to roles', () => {
  const [plain, oneByOne] = [{}, CONTEXTS['policies that are made one by one']].map((context) =>
    stableTemplate(templateOf((stack) => new ServerlessCsvEtl(stack, 'Orders'), context)),
  );
  expect(oneByOne).toEqual(plain);
});
