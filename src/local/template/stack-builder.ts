import { withoutUnmade } from './policy-entries';
import { prerequisites, resourceId, usedProperties, type ResourceId } from './references';
import { NO_VALUE, Resolver } from './resolver';
import type { AssemblyStack, TemplateEntry } from '../assembly';
import {
  NotProvidedError,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';

/** A stack whose resources have been made. */
export interface BuiltStack {
  readonly name: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resolver: Resolver;
  /** Everything that was made, as its provider got it. */
  readonly resources: readonly TemplateResource[];
}

export interface StackBuilderProps {
  readonly providers: readonly ResourceProvider[];
  readonly reached: ReadonlySet<ResourceId>;
  readonly localise: (text: string) => string;
}

/** Makes the resources of stacks, one stack after the other, so that later ones find the exports of earlier ones. */
export class StackBuilder {
  private readonly providers = new Map<string, ResourceProvider>();
  private readonly exports = new Map<string, string>();

  constructor(private readonly props: StackBuilderProps) {
    for (const provider of props.providers) {
      for (const type of provider.types) this.providers.set(type, provider);
    }
  }

  /** Makes every reached resource of the stack, each after those that it refers to or depends on. */
  async build(stack: AssemblyStack): Promise<BuiltStack> {
    if (stack.template.Transform !== undefined) {
      throw new NotProvidedError(
        `template transforms (${JSON.stringify(stack.template.Transform)}), used by stack ${stack.name}`,
      );
    }
    const resources = new Map<string, ProvidedResource>();
    const resolver = new Resolver({
      stackName: stack.name,
      template: stack.template,
      parameters: stack.parameters,
      resources,
      exports: this.exports,
      localise: this.props.localise,
    });
    const made: TemplateResource[] = [];
    for (const logicalId of this.creationOrder(stack, resolver)) {
      const resource = describe(stack, logicalId, resolver);
      resources.set(logicalId, await this.providers.get(resource.type)!.provide(resource));
      made.push(resource);
    }
    return { name: stack.name, outputs: this.outputs(stack, resolver), resolver, resources: made };
  }

  private creationOrder(stack: AssemblyStack, resolver: Resolver): string[] {
    const { Resources = {} } = stack.template;
    const wanted = (logicalId: string): boolean => {
      const entry: TemplateEntry | undefined = Resources[logicalId];
      return (
        entry !== undefined &&
        this.props.reached.has(resourceId(stack.name, logicalId)) &&
        (entry.Condition === undefined ||
          resolver.condition(entry.Condition, resourceId(stack.name, logicalId)))
      );
    };
    const ordered = new Set<string>();
    const visit = (logicalId: string, dependents: readonly string[]): void => {
      if (ordered.has(logicalId) || !wanted(logicalId)) return;
      if (dependents.includes(logicalId)) {
        throw new Error(
          `stack ${stack.name}: circular dependency ${[...dependents, logicalId].join(' -> ')}`,
        );
      }
      for (const needed of prerequisites(Resources[logicalId]!, stack)) {
        visit(needed, [...dependents, logicalId]);
      }
      ordered.add(logicalId);
    };
    Object.keys(Resources).forEach((logicalId) => visit(logicalId, []));
    return [...ordered];
  }

  /** Outputs of what is not run are left out. */
  private outputs(stack: AssemblyStack, resolver: Resolver): Record<string, string> {
    const outputs: Record<string, string> = {};
    for (const [name, output] of Object.entries(stack.template.Outputs ?? {})) {
      const place = `${stack.name}/Outputs/${name}`;
      if (output.Condition !== undefined && !resolver.condition(output.Condition, place)) continue;
      if (!this.isRun(output.Value, stack, resolver)) continue;
      const value = resolver.resolve(output.Value, place);
      if (value === NO_VALUE) continue;
      outputs[name] = String(value);
      if (output.Export) this.exports.set(String(resolver.resolve(output.Export.Name, place)), outputs[name]);
    }
    return outputs;
  }

  private isRun(value: unknown, stack: AssemblyStack, resolver: Resolver): boolean {
    return prerequisites({ Type: 'Output', Properties: { value } }, stack).every((logicalId) =>
      resolver.scope.resources.has(logicalId),
    );
  }
}

function describe(stack: AssemblyStack, logicalId: string, resolver: Resolver): TemplateResource {
  const entry = withoutUnmade(stack.template.Resources![logicalId]!, stack, (id) =>
    resolver.scope.resources.has(id),
  );
  const path = stack.paths.get(logicalId) ?? resourceId(stack.name, logicalId);
  return {
    logicalId,
    type: entry.Type,
    properties: resolver.resolve(usedProperties(entry), `${path}/Properties`),
    metadata: entry.Metadata ?? {},
    stackName: stack.name,
    path,
  };
}
