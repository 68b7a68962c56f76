import type { Resolver } from './resolver';
import { PIPELINE_METADATA } from '../../shared/layout';
import type { AssemblyStack, TemplateEntry } from '../assembly';

/** A pipeline of the app, as its trigger function's metadata describes it. */
export interface Pipeline {
  /** Construct path. */
  readonly path: string;
  readonly stackName: string;
  readonly environmentSuffix: string;
  /** Identity of the pipeline: `pipeline` of its jobs. */
  readonly pipeline: string;
  readonly bucketName: string;
  readonly inputPrefix: string;
  readonly inputSuffixes: readonly string[];
  readonly stateMachineArn: string;
  readonly jobTableName: string;
  /** The function that files are announced to. */
  readonly triggerFunctionArn: string;
}

/** Construct path of the pipeline that a function triggers; undefined for every other resource. */
export function pipelinePathOf(entry: TemplateEntry): string | undefined {
  return (entry.Metadata?.[PIPELINE_METADATA] as { path: string } | undefined)?.path;
}

/** Construct paths of all pipelines of an app, before anything is resolved. */
export function pipelinePaths(stacks: readonly AssemblyStack[]): string[] {
  return stacks.flatMap((stack) =>
    Object.values(stack.template.Resources ?? {}).flatMap((entry) => pipelinePathOf(entry) ?? []),
  );
}

/** The pipelines of one stack; every resource that they name must have been made. */
export function pipelinesOf(stack: AssemblyStack, resolver: Resolver): Pipeline[] {
  return Object.entries(stack.template.Resources ?? {})
    .filter(
      ([logicalId, entry]) => pipelinePathOf(entry) !== undefined && resolver.scope.resources.has(logicalId),
    )
    .map(([logicalId, entry]) => ({
      stackName: stack.name,
      triggerFunctionArn: resolver.attribute(logicalId, 'Arn', `${stack.name}/${logicalId}`),
      ...resolver.resolve(entry.Metadata![PIPELINE_METADATA], `${stack.name}/${logicalId}/Metadata`),
    }));
}
