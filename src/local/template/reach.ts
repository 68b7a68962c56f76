import { pipelinePathOf, pipelinePaths } from './pipelines';
import { givesRights, isPolicy } from './policy-entries';
import { referencesOf, resourceId, usedProperties, type ResourceId } from './references';
import type { AssemblyStack, TemplateEntry } from '../assembly';
import { NotProvidedError } from '../services';

export interface NotRun {
  /** Construct path, or `<stack>/<logical id>` where there is none. */
  readonly path: string;
  readonly type: string;
}

export interface Reach {
  readonly reached: ReadonlySet<ResourceId>;
  readonly notRun: readonly NotRun[];
}

interface Node {
  readonly path: string;
  readonly type: string;
  readonly entry: TemplateEntry;
  readonly needs: ReadonlySet<ResourceId>;
}

/**
 * Tells what of an app a local run of its pipelines needs. That is every resource under a pipeline's construct path or
 * holding its metadata, everything these refer to, and everything that refers to those, such as a policy, a rule or an
 * API, as long as all that it needs in turn is provided. The rest is not run, and listed.
 *
 * An app without a pipeline is reached as a whole.
 *
 * @throws NotProvidedError where a pipeline needs a resource of a type that the local run does not know, or where one of
 * such a type gives or takes rights on what is reached
 */
export function reachOf(
  stacks: readonly AssemblyStack[],
  pipelines: readonly string[],
  provides: (type: string) => boolean,
): Reach {
  const nodes = withProvidedRights(nodesOf(stacks), provides);
  const roots = pipelinePaths(stacks).length === 0 ? [...nodes.keys()] : rootsOf(nodes, pipelines);
  const reached = new Set<ResourceId>();
  for (const id of closure(roots, nodes)) {
    const { type, path } = nodes.get(id)!;
    if (!provides(type)) {
      throw new NotProvidedError(`the resource type ${type}, which the pipeline needs at ${path}`);
    }
    reached.add(id);
  }

  for (let grown = true; grown;) {
    grown = false;
    for (const [id, node] of nodes) {
      if (reached.has(id) || ![...node.needs].some((need) => reached.has(need))) continue;
      const needed = [...closure([id], nodes)];
      if (!needed.every((need) => provides(nodes.get(need)!.type))) continue;
      needed.forEach((need) => reached.add(need));
      grown = true;
    }
  }

  for (const { type, path, needs } of nodes.values()) {
    if (!givesRights(type) || provides(type) || ![...needs].some((need) => reached.has(need))) continue;
    throw new NotProvidedError(
      `the resource type ${type}, whose rights the pipeline's calls need at ${path}`,
    );
  }

  const notRun = [...nodes]
    .filter(([id, { type }]) => !reached.has(id) && type !== 'AWS::CDK::Metadata')
    .map(([, { path, type }]) => ({ path, type }));
  return { reached, notRun };
}

/** A policy is there for what the run provides; its rights on anything else are left out. */
function withProvidedRights(
  nodes: ReadonlyMap<ResourceId, Node>,
  provides: (type: string) => boolean,
): Map<ResourceId, Node> {
  const isProvided = (id: ResourceId): boolean =>
    [...closure([id], nodes)].every((each) => provides(nodes.get(each)!.type));
  return new Map(
    [...nodes].map(([id, node]) => [
      id,
      isPolicy(node.entry) ? { ...node, needs: new Set([...node.needs].filter(isProvided)) } : node,
    ]),
  );
}

function nodesOf(stacks: readonly AssemblyStack[]): Map<ResourceId, Node> {
  const nodes = new Map<ResourceId, Node>();
  for (const stack of stacks) {
    for (const [logicalId, entry] of Object.entries(stack.template.Resources ?? {})) {
      const id = resourceId(stack.name, logicalId);
      const needs = referencesOf([usedProperties(entry), entry.Metadata], stack, stacks);
      nodes.set(id, { path: stack.paths.get(logicalId) ?? id, type: entry.Type, entry, needs });
    }
  }
  return nodes;
}

function rootsOf(nodes: ReadonlyMap<ResourceId, Node>, pipelines: readonly string[]): ResourceId[] {
  return [...nodes]
    .filter(([, { path, entry }]) =>
      pipelines.some((pipeline) => path.startsWith(`${pipeline}/`) || pipelinePathOf(entry) === pipeline),
    )
    .map(([id]) => id);
}

function closure(from: readonly ResourceId[], nodes: ReadonlyMap<ResourceId, Node>): Set<ResourceId> {
  const found = new Set<ResourceId>();
  const visit = (id: ResourceId): void => {
    if (found.has(id)) return;
    found.add(id);
    nodes.get(id)!.needs.forEach(visit);
  };
  from.forEach(visit);
  return found;
}
