import { evaluateCondition } from './conditions';
import { INTRINSICS } from './intrinsics';
import type { TemplateBody } from '../assembly';
import {
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  NotProvidedError,
  type ProvidedResource,
} from '../services';

/** Stands for `AWS::NoValue`: a property or entry that resolves to it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What a template's values can refer to beyond the template itself. */
export interface ResolverScope {
  readonly stackName: string;
  readonly template: TemplateBody;
  readonly parameters: Readonly<Record<string, string>>;
  /** Resources made so far, by logical id. */
  readonly resources: ReadonlyMap<string, ProvidedResource>;
  /** Exports of stacks made so far, by name. */
  readonly exports: ReadonlyMap<string, string>;
  /** Turns a public address that the local run serves itself into the local one. */
  readonly localise: (text: string) => string;
}

/** Evaluates the values of one template. What it does not know is an error that names the place. */
export class Resolver {
  constructor(readonly scope: ResolverScope) {}

  /** Gives a value without intrinsics. `place` is the path to the value, for messages. */
  resolve(value: unknown, place: string): any {
    if (typeof value === 'string') return this.text(value, place);
    if (Array.isArray(value)) {
      return value
        .map((entry, index) => this.resolve(entry, `${place}/${index}`))
        .filter((entry) => entry !== NO_VALUE);
    }
    if (value === null || typeof value !== 'object') return value;

    const keys = Object.keys(value);
    const [name] = keys as [string];
    if (keys.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
      return this.intrinsic(name, (value as Record<string, unknown>)[name], place);
    }
    const entries = Object.entries(value)
      .map(([key, entry]) => [key, this.resolve(entry, `${place}/${key}`)] as const)
      .filter(([, entry]) => entry !== NO_VALUE);
    return Object.fromEntries(entries);
  }

  /** True where the condition of that name holds. */
  condition(name: string, place: string): boolean {
    const { Conditions = {} } = this.scope.template;
    if (!(name in Conditions)) throw new Error(`${place}: the template has no condition ${name}`);
    return evaluateCondition(this, Conditions[name], `${this.scope.stackName}/Conditions/${name}`);
  }

  ref(name: string, place: string): any {
    const { scope } = this;
    const pseudo = pseudoParameter(name, scope.stackName);
    if (pseudo !== undefined) return pseudo;
    const parameter = scope.template.Parameters?.[name];
    if (parameter) return this.parameter(name, parameter, place);
    return this.resource(name, place).ref;
  }

  attribute(logicalId: string, name: string, place: string): string {
    const { attributes } = this.resource(logicalId, place);
    if (name in attributes) return attributes[name]!;
    const type = this.scope.template.Resources![logicalId]!.Type;
    throw new NotProvidedError(`the attribute ${name} of ${type}, needed at ${place}`);
  }

  private resource(logicalId: string, place: string): ProvidedResource {
    const resource = this.scope.resources.get(logicalId);
    if (!resource) throw new Error(`${place}: there is no resource or parameter ${logicalId}`);
    return resource;
  }

  private parameter(name: string, parameter: { Type: string; Default?: unknown }, place: string): any {
    const value = this.scope.parameters[name] ?? parameter.Default;
    if (value === undefined) {
      throw new Error(
        `${place}: the parameter ${name} of stack ${this.scope.stackName} has no value and no default`,
      );
    }
    if (parameter.Type.startsWith('AWS::SSM::')) {
      throw new NotProvidedError(`values of the Systems Manager parameter ${value}, needed at ${place}`);
    }
    return parameter.Type.startsWith('List<') || parameter.Type === 'CommaDelimitedList'
      ? String(value).split(',')
      : String(value);
  }

  private intrinsic(name: string, argument: unknown, place: string): any {
    const evaluate = INTRINSICS[name];
    if (!evaluate) throw new NotProvidedError(`the intrinsic function ${name}, used at ${place}`);
    const value = evaluate(this, argument, place);
    return typeof value === 'string' ? this.text(value, place) : value;
  }

  private text(value: string, place: string): string {
    const dynamic = /\{\{resolve:[^}]*\}\}/.exec(value);
    if (dynamic) throw new NotProvidedError(`the dynamic reference ${dynamic[0]}, used at ${place}`);
    return this.scope.localise(value);
  }
}

function pseudoParameter(name: string, stackName: string): any {
  switch (name) {
    case 'AWS::AccountId':
      return LOCAL_ACCOUNT;
    case 'AWS::Region':
      return LOCAL_REGION;
    case 'AWS::Partition':
      return LOCAL_PARTITION;
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${LOCAL_PARTITION}:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stack/${stackName}/local`;
    case 'AWS::NotificationARNs':
      return [];
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      return undefined;
  }
}
