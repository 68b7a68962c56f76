import type { AssemblyStack } from '../../src/local/assembly';

/** The smallest thing that a template allows: one action of one holder on one resource. */
export interface Right {
  /** Path of the role below its pipeline, or the service principal. */
  readonly holder: string;
  readonly action: string;
  /** The resource in short: `bucket/raw/*`, `table`, `log group`. */
  readonly on: string;
  readonly logicalId: string;
  /** Takes the right out of a template, and nothing else. */
  readonly takeAway: (resources: Resources) => void;
}

export type Resources = Record<string, Resource>;
type Resource = { Type: string; Properties: any; DependsOn?: string | string[] };
type Statement = { Effect: string; Action: string | string[]; Resource?: unknown; Principal?: any };

/** What resources are called that every pipeline has one of, or every function. */
const KINDS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'table',
  'AWS::Logs::LogGroup': 'log group',
  'AWS::S3::Bucket': 'bucket',
  'AWS::StepFunctions::StateMachine': 'state machine',
};

/** Every right that a pipeline's part of a template gives. Statements that deny give none. */
export function rightsOf(stack: AssemblyStack, pipeline: string): Right[] {
  const resources = stack.template.Resources as unknown as Resources;
  const prefix = `${stack.name}/${pipeline}/`;
  const own = Object.entries(resources).filter(([logicalId]) =>
    stack.paths.get(logicalId)?.startsWith(prefix),
  );
  const pathOf = (logicalId: string): string =>
    stack.paths
      .get(logicalId)!
      .replace(prefix, '')
      .replace(/\/Resource$/, '');
  const short = (value: unknown): string => shortened(value, resources, pathOf);

  return own.flatMap(([logicalId, { Type, Properties }]): Right[] => {
    const holder = pathOf(logicalId);
    const statements = (read: (resource: Resource) => { Statement: Statement[] }, by = holder): Right[] =>
      statementRights(read(resources[logicalId]!).Statement, by, short).map(({ takeAway, ...right }) => ({
        ...right,
        logicalId,
        takeAway: (changed) => takeAway(read(changed[logicalId]!)),
      }));
    switch (Type) {
      case 'AWS::IAM::Role':
        return [
          ...(Properties.Policies ?? []).flatMap((_: unknown, index: number) =>
            statements(({ Properties: { Policies } }) => Policies[index].PolicyDocument),
          ),
          ...statements(({ Properties: changed }) => changed.AssumeRolePolicyDocument),
        ];
      case 'AWS::IAM::Policy':
      case 'AWS::S3::BucketPolicy':
      case 'AWS::SQS::QueuePolicy':
        return statements(({ Properties: changed }) => changed.PolicyDocument);
      case 'AWS::Lambda::Permission': {
        const route = /\/([A-Z]+\/[^/]+(?:\/\*)?)$/.exec(short(Properties.SourceArn))?.[1];
        return [
          {
            holder: Properties.Principal,
            action: Properties.Action,
            on: [short(Properties.FunctionName), ...(route ? [route] : [])].join(' for '),
            logicalId,
            takeAway: (changed) => removeResource(changed, logicalId),
          },
        ];
      }
      default:
        return [];
    }
  });
}

type StatementRight = Omit<Right, 'logicalId' | 'takeAway'> & {
  readonly takeAway: (document: { Statement: Statement[] }) => void;
};

function statementRights(
  statements: readonly Statement[],
  holder: string,
  short: (value: unknown) => string,
): StatementRight[] {
  return statements.flatMap((statement, index) => {
    if (statement.Effect !== 'Allow') return [];
    const actions = [statement.Action].flat();
    // A trust policy is about the role that it stands in.
    const resources = [statement.Resource ?? '(itself)'].flat();
    const by =
      statement.Principal?.Service ?? (statement.Principal ? short(statement.Principal.AWS) : holder);
    return actions.flatMap((action) =>
      resources.map((resource) => ({
        holder: by,
        action,
        on: statement.Resource === undefined ? holder : short(resource),
        takeAway: (document) => document.Statement.splice(index, 1, ...without(statement, action, resource)),
      })),
    );
  });
}

/** A statement less one action on one resource: up to two statements are left of it. */
function without(statement: Statement, action: string, resource: unknown): Statement[] {
  const actions = [statement.Action].flat().filter((each) => each !== action);
  const resources = [statement.Resource ?? []].flat().filter((each) => each !== resource);
  return [
    ...(actions.length > 0 ? [{ ...statement, Action: actions }] : []),
    ...(resources.length > 0 ? [{ ...statement, Action: action, Resource: resources }] : []),
  ];
}

function removeResource(resources: Resources, logicalId: string): void {
  delete resources[logicalId];
  for (const resource of Object.values(resources)) {
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((id) => id !== logicalId);
  }
}

function shortened(value: any, resources: Resources, pathOf: (logicalId: string) => string): string {
  const short = (each: unknown): string => shortened(each, resources, pathOf);
  if (typeof value === 'string') return value;
  const logicalId = value.Ref ?? value['Fn::GetAtt']?.[0];
  if (logicalId in resources) return KINDS[resources[logicalId]!.Type] ?? pathOf(logicalId);
  if (value['Fn::Join']) {
    const text = (value['Fn::Join'][1] as unknown[]).map(short).join('');
    return text.replace(/^arn:[^/]*assets-[^/]*\/\?+/, 'assets/*');
  }
  return value['Fn::Sub'] ?? `<${logicalId}>`;
}
