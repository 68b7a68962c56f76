import { type Body } from './draft';
import { LONGEST, longestName, NAMINGS } from './physical-names';
import { matchesWildcard } from '../../src/local/iam/wildcards';

export interface RenderedResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, any>>;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
}

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `Service:events.amazonaws.com`, `AWS:*`. */
  readonly principals: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Task {
  readonly machine: RenderedResource;
  readonly name: string;
  readonly state: Readonly<Record<string, any>>;
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': LONGEST.account,
  'AWS::Region': LONGEST.region,
  'AWS::Partition': LONGEST.partition,
  'AWS::URLSuffix': LONGEST.urlSuffix,
  'AWS::StackName': 'S'.repeat(128),
};

/** Functions that CDK adds for its custom resources; their shape is not ours. */
const CDK_FUNCTIONS = /^(Custom|BucketNotificationsHandler)/;

/** A template with texts in the place of all references, each as long as it can become in an account. */
export class RenderedTemplate {
  readonly resources: readonly RenderedResource[];
  private readonly references = new Map<string, string>();
  private readonly byId: ReadonlyMap<string, RenderedResource>;

  constructor(readonly body: Body) {
    for (const id of Object.keys(body.Resources)) {
      for (const text of [this.refOf(id), this.attribute(id, 'Arn')]) this.references.set(text, id);
    }
    this.resources = Object.entries(body.Resources).map(([id, resource]) => ({
      id,
      type: resource.Type,
      properties: this.render(resource.Properties ?? {}),
      dependsOn: [resource.DependsOn ?? []].flat(),
      deletionPolicy: resource.DeletionPolicy,
      updateReplacePolicy: resource.UpdateReplacePolicy,
    }));
    this.byId = new Map(this.resources.map((resource) => [resource.id, resource]));
  }

  ofType(...types: string[]): RenderedResource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The resource that a rendered `Ref` or ARN speaks of; undefined where it is not of this template. */
  referred(text: unknown): RenderedResource | undefined {
    return this.byId.get(this.references.get(String(text)) ?? '');
  }

  name(resource: RenderedResource): string {
    return this.nameOf(resource.id);
  }

  ref(resource: RenderedResource): string {
    return this.refOf(resource.id);
  }

  arn(resource: RenderedResource): string {
    return this.attribute(resource.id, 'Arn');
  }

  /** Functions without those that CDK adds for itself. */
  functions(): RenderedResource[] {
    return this.ofType('AWS::Lambda::Function').filter(({ id }) => !CDK_FUNCTIONS.test(id));
  }

  /** Functions and state machines, each with the role that it takes. */
  actors(): { actor: RenderedResource; role: RenderedResource }[] {
    return [...this.functions(), ...this.ofType('AWS::StepFunctions::StateMachine')].flatMap((actor) => {
      const role = this.referred(actor.properties.Role ?? actor.properties.RoleArn);
      return role ? [{ actor, role }] : [];
    });
  }

  /** Policies that stand beside a role. */
  attachedPolicies(role: RenderedResource): RenderedResource[] {
    return this.ofType('AWS::IAM::Policy').filter(({ properties }) =>
      properties.Roles?.includes(this.nameOf(role.id)),
    );
  }

  statementsOf(role: RenderedResource): Statement[] {
    const documents = [
      ...(role.properties.Policies ?? []).map((policy: any) => policy.PolicyDocument),
      ...this.attachedPolicies(role).map(({ properties }) => properties.PolicyDocument),
    ];
    return documents.flatMap(statements);
  }

  /** Whether a role may do something, conditions left aside. The resource may be a pattern that lies within another. */
  allows(role: RenderedResource, action: string, resource: string): boolean {
    return this.statementsOf(role).some(
      ({ effect, actions, resources }) =>
        effect === 'Allow' &&
        actions.some((pattern) => matchesWildcard(pattern, action)) &&
        resources.some((pattern) => matchesWildcard(pattern, resource)),
    );
  }

  definition(machine: RenderedResource): Record<string, any> {
    return JSON.parse(machine.properties.DefinitionString);
  }

  /** All Task states, those inside of Map and Parallel states, too. */
  tasks(): Task[] {
    return this.states().filter(({ state }) => state.Type === 'Task');
  }

  states(): Task[] {
    return this.ofType('AWS::StepFunctions::StateMachine').flatMap((machine) =>
      statesOf(this.definition(machine)).map(([name, state]) => ({ machine, name, state })),
    );
  }

  private nameOf(id: string): string {
    const { Type, Properties } = this.body.Resources[id];
    const naming = NAMINGS[Type];
    if (!naming) return id;
    const fixed = Properties?.[naming.property];
    return fixed === undefined ? longestName(id, naming.maxLength) : this.render(fixed);
  }

  private refOf(id: string): string {
    const name = this.nameOf(id);
    return NAMINGS[this.body.Resources[id].Type]?.ref?.(name) ?? name;
  }

  private attribute(id: string, name: string): string {
    const naming = NAMINGS[this.body.Resources[id]?.Type];
    if (naming && name === 'Arn') return naming.arn(this.nameOf(id));
    return naming?.property === name ? this.nameOf(id) : `${id}.${name}`;
  }

  private render(value: any): any {
    if (Array.isArray(value)) return value.map((entry) => this.render(entry));
    if (value === null || typeof value !== 'object') return value;
    if ('Ref' in value) return this.reference(value.Ref);
    if ('Fn::GetAtt' in value) {
      const [id, ...rest] = [value['Fn::GetAtt']].flat().join('.').split('.');
      return this.attribute(id, rest.join('.'));
    }
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'];
      return this.render(parts).join(separator);
    }
    if ('Fn::Sub' in value) return this.substitute([value['Fn::Sub']].flat()[0]);
    if ('Fn::Select' in value) {
      const [index, parts] = value['Fn::Select'];
      return this.render(parts)[index];
    }
    if ('Fn::Split' in value) {
      const [separator, text] = value['Fn::Split'];
      return this.render(text).split(separator);
    }
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.render(entry)]));
  }

  private reference(name: string): string {
    if (name in this.body.Resources) return this.refOf(name);
    return PSEUDO[name] ?? name;
  }

  private substitute(text: string): string {
    return text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      const [id, ...attribute] = name.split('.');
      return attribute.length > 0 ? this.attribute(id, attribute.join('.')) : this.reference(name);
    });
  }
}

/** The statements of a policy document, with lists everywhere. */
export function statements(document: any): Statement[] {
  return [document?.Statement ?? []].flat().map((statement: any) => ({
    effect: statement.Effect,
    actions: [statement.Action ?? []].flat(),
    resources: [statement.Resource ?? []].flat(),
    principals: Object.entries(statement.Principal ?? {}).flatMap(([kind, values]) =>
      [values].flat().map((value) => `${kind}:${value}`),
    ),
    condition: statement.Condition ?? {},
  }));
}

function statesOf(machine: Record<string, any>): [string, any][] {
  return Object.entries<any>(machine.States).flatMap(([name, state]) => {
    const inner = [state.ItemProcessor, state.Iterator, ...(state.Branches ?? [])].filter(Boolean);
    return [[name, state] as [string, any], ...inner.flatMap(statesOf)];
  });
}
