import * as fs from 'node:fs';
import * as path from 'node:path';
import { DEPLOYER_RIGHTS } from './deployer-rights';
import packageJson from '../../package.json';
import { templateBody } from '../template-lint/apps';
import { statements } from '../template-lint/rendered-template';

const DOCS = path.join(__dirname, '..', '..', 'docs');
const policy = JSON.parse(fs.readFileSync(path.join(DOCS, 'deployer-policy.json'), 'utf8'));
const allowed = statements(policy).flatMap(({ actions }) => actions);

const types = new Set(
  (['default props', 'all props', 'imported resources'] as const).flatMap((app) =>
    Object.values(templateBody({ app, flags: 'no feature flags' }).Resources).map(({ Type }) => Type),
  ),
);

it.each([...types])('the policy for deployers lets CloudFormation make, change and delete %s', (type) => {
  expect(DEPLOYER_RIGHTS[type]).toBeDefined();
  expect(DEPLOYER_RIGHTS[type].filter((action) => !allowed.includes(action))).toEqual([]);
});

it('the policy for deployers allows nothing that no type needs, but to read the version of the bootstrap', () => {
  const needed = new Set([...Object.values(DEPLOYER_RIGHTS).flat(), 'ssm:GetParameters']);
  expect(allowed.filter((action) => !needed.has(action))).toEqual([]);
  expect(Object.keys(DEPLOYER_RIGHTS).filter((type) => !types.has(type))).toEqual([]);
});

it('a managed policy of IAM holds the policy for deployers: 6,144 characters at most', () => {
  expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
});

it('roles are passed on to the two services that take them, to no other', () => {
  const passing = policy.Statement.find(({ Action }: any) => Action.includes('iam:PassRole'));
  expect(passing.Condition).toEqual({
    StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'states.amazonaws.com'] },
  });
});

it('the commands name the pinned CDK command line', () => {
  const page = fs.readFileSync(path.join(DOCS, 'deploying.md'), 'utf8');
  const named = [...page.matchAll(/aws-cdk@([\d.]+)/g)].map(([, version]) => version);
  expect(named.length).toBeGreaterThan(0);
  expect(new Set(named)).toEqual(new Set([packageJson.devDependencies['aws-cdk']]));
});
