import { KernelPlan, type RecordForm } from './kernel-plan';
import { PlanBuilder, sourceColumns } from './plan-builder';
import { type PlanContext, planEnrichments, planTransforms } from './plan-operations';
import type { PipelineSpec } from '../../../spec/pipeline-spec';
import type { LoadedContext } from '../../enrichments';
import type { KernelMemory } from '../kernel-memory';

/** Plans the transforms and enrichments of a pipeline, which are known to fit the header of a source. */
export function planPipeline(
  memory: KernelMemory,
  header: readonly string[],
  { transforms, enrichments }: PipelineSpec,
  context: PlanContext & LoadedContext,
  form: RecordForm,
): KernelPlan {
  const builder = new PlanBuilder(memory, header, sourceColumns(header));
  planTransforms(builder, transforms, context);
  planEnrichments(builder, enrichments, context);
  return new KernelPlan(builder, form);
}
