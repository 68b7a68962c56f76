import { Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { type Acknowledgement, acknowledgements, withoutAccessLog } from './acknowledgements';
import type { ServerlessCsvEtl } from '../../src';
import { appWith } from '../synthesis';
import { type AppName, APPS } from '../template-lint/apps';

/** A stack, its findings as `id path of the construct`, and what is acknowledged of them. */
function examined(name: AppName, further: (etl: ServerlessCsvEtl) => Acknowledgement[]) {
  const app = appWith();
  const stack = new Stack(app, 'Shop');
  APPS[name](stack);
  const etl = stack.node.findChild('Orders') as ServerlessCsvEtl;
  const findings = () =>
    [new AwsSolutionsChecks(app), new ServerlessChecks(app)].flatMap((pack) =>
      pack
        .validateScope(stack)
        .violations.flatMap(({ ruleName, violatingResources }) =>
          violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
        ),
    );
  return { stack, findings, acknowledged: [...acknowledgements(etl), ...further(etl)] };
}

describe.each([
  ['default props', withoutAccessLog],
  ['all props', () => []],
] as const)('a pipeline with %s', (name, further) => {
  const { stack, findings, acknowledged } = examined(name, further);
  const before = findings();
  for (const { id, path, reason } of acknowledged) {
    const construct = path.split('/').reduce<IConstruct>((scope, part) => scope.node.findChild(part), stack);
    acknowledge(construct, id, reason);
  }

  it('is clean under AwsSolutions and Serverless of cdk-nag', () => {
    expect(findings()).toEqual([]);
  });

  it.each(acknowledged)('needs $id to be acknowledged on $path', ({ id, path }) => {
    expect(before.filter((finding) => finding.startsWith(`${id} Shop/${path}`))).not.toEqual([]);
  });
});

/** CDK 2.260 refuses an id with more than one `::`, as IAM4 gives them; what it would write down is what cdk-nag reads. */
function acknowledge(construct: IConstruct, id: string, reason: string): void {
  if (id.split('::').length <= 2) Validations.of(construct).acknowledge({ id, reason });
  else construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
}
