import { bytesOf, type CsvSource } from './csv-source';
import { openTarget, type OpenTarget } from './csv-target';
import { loadContext, openReference } from './pipeline-files';
import { PipelineRows } from './pipeline-rows';
import { RejectLog } from './reject-log';
import type { CsvSummary, RunOptions } from './run-csv';
import type { DetectedDialect } from '../../spec/dialect-spec';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import { compileLoaded } from '../enrichments';
import { newMemory } from '../kernel/kernel-memory';
import { KernelPipeline } from '../kernel/kernel-pipeline';
import type { KernelSource } from '../kernel/kernel-source';
import { LateDuplicates } from '../kernel/late-duplicates';
import type { RecordForm } from '../kernel/plan/kernel-plan';
import { planPipeline } from '../kernel/plan/plan-pipeline';
import { openOutput } from '../output/open-output';
import type { OutputWriter } from '../output/output-writer';
import { PlainCsvOutput } from '../output/plain-csv-output';
import type { SurplusCells } from '../read/record-reader';
import { compileTransforms } from '../transforms';
import { CheckedSource, type CheckedSourceRun } from '../validate/checked-source';

/** Opens a source for whatever engine is to run. */
export type OpenSource = (run: CheckedSourceRun, surplus: SurplusCells) => KernelSource;

/** Opens a source for the TypeScript engine alone. */
export const typescriptSource: OpenSource = (run, surplus) => ({
  source: new CheckedSource(run, surplus),
  memoryOf: () => undefined,
});

/** Runs a pipeline as runCsv says, in the engine that `open` is for. */
export async function runPipeline(
  source: CsvSource,
  pipeline: PipelineSpec,
  options: RunOptions,
  open: OpenSource,
): Promise<CsvSummary> {
  const { sourceName = '', onReject } = options;
  const output = options.output && openTarget(options.output);
  const rejects = options.rejects && openTarget(options.rejects);
  const { source: checked, memoryOf } = open(
    {
      spec: pipeline,
      sourceKey: sourceName,
      input: bytesOf(source),
      openReference: (resource) => openReference(resource, source, pipeline, options),
    },
    rejects || onReject ? 'keep-surplus' : 'drop-surplus',
  );
  try {
    const targets = { ...options, output, rejects };
    const summary = await checked.use(() => runRows(checked, memoryOf, pipeline, targets));
    await output?.end();
    await rejects?.end();
    return summary;
  } catch (error) {
    output?.abandon();
    rejects?.abandon();
    throw error;
  }
}

interface OpenRun extends RunOptions {
  readonly output?: OpenTarget;
  readonly rejects?: OpenTarget;
}

async function runRows(
  source: CheckedSource,
  memoryOf: KernelSource['memoryOf'],
  pipeline: PipelineSpec,
  options: OpenRun,
): Promise<CsvSummary> {
  const header = await source.open();
  const { uniqueBudgetBytes, maxRejectsKept } = pipeline.limits;
  const memory = memoryOf(source);
  const base = { uniqueBudgetBytes, lastRows: new Map(), hashKeys: options.hashKeys };
  const duplicates = memory && new LateDuplicates(base);
  const context = { ...base, duplicates };
  const transforms = compileTransforms(pipeline.transforms, header, context);
  const loaded = await loadContext(pipeline, options);
  const enrichments = compileLoaded(pipeline.enrichments, transforms.header, loaded);
  const outputMemory = () => memory ?? newMemory();
  const output = options.output && openOutput(pipeline, enrichments.header, options.output, outputMemory);
  const rejects = new RejectLog(header, options.rejects, options.onReject, maxRejectsKept);
  const rows = new PipelineRows(transforms, enrichments, output, rejects, duplicates);
  if (memory && duplicates) {
    const plan = planPipeline(memory, header, pipeline, { ...base, ...loaded, duplicates }, formOf(output));
    await new KernelPipeline(pipeline, source, memory, plan, rows).run();
  } else {
    await rows.takeAll(source);
  }
  await output?.finish();
  await rejects.flush();
  const { rejectsKept } = rejects;
  return {
    counts: rows.counts,
    header: enrichments.header,
    ...(rejectsKept !== undefined && { rejectsKept }),
    ...(pipeline.dialect.detect && { dialect: found(source) }),
  };
}

/** How records leave the kernel for an output. */
function formOf(output: OutputWriter | undefined): RecordForm {
  if (!output) return 'none';
  return output instanceof PlainCsvOutput ? 'csv' : 'slots';
}

function found({ dialect, reader }: CheckedSource): DetectedDialect {
  const { delimiter, quoteChar, header } = dialect;
  return { delimiter, quoteChar, header, encoding: reader.encoding };
}
