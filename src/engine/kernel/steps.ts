import { KernelMemory } from './kernel-memory';
import { KernelOutput } from './kernel-output';
import { KernelStaged, stagedPlan } from './kernel-staged';
import { LateDuplicates } from './late-duplicates';
import { KernelPlan } from './plan/kernel-plan';
import type { PlanBuilder } from './plan/plan-builder';
import { canPlan, planEnrichments, planTransforms } from './plan/plan-operations';
import { newKernel } from './wasm';
import { ROW_COLUMN } from '../../shared/step-contract';
import type { BatchOperation } from '../batch';
import type { EnrichRun, StepResult, StepRun, TransformRun } from '../engine';
import { compileLoaded, loadLookups } from '../enrichments';
import { runOperation } from '../run/run-operation';
import { StagedReader } from '../run/staged-reader';
import { StepOutput } from '../run/step-output';
import { compileTransforms } from '../transforms';
import { runTransforms } from '../transforms/run-transforms';

/** How a step is run. */
export interface KernelRun {
  /** Bytes that are read ahead. */
  readonly windowBytes?: number;
  /** Undefined on machines that cannot run it. */
  readonly kernel?: ReturnType<typeof newKernel>;
}

/** What a step does: by its full definition, and as a plan. */
interface Step {
  readonly operation: BatchOperation;
  readonly duplicates?: LateDuplicates;
  plan(builder: PlanBuilder): void;
}

/** Transforms staged rows as the TypeScript engine does, to the byte. */
export async function kernelTransform(
  run: TransformRun,
  how: KernelRun = { kernel: newKernel() },
): Promise<StepResult> {
  const { transforms, limits } = run.spec;
  if (!how.kernel || !canPlan(transforms)) return runTransforms(run);
  const { hashKeys } = run;
  const { uniqueBudgetBytes } = limits;
  const duplicates = new LateDuplicates(limits);
  const context = { uniqueBudgetBytes, lastRows: new Map(), hashKeys, duplicates };
  return runStep(run, how, async (header) => ({
    operation: compileTransforms(transforms, header, context),
    duplicates,
    plan: (builder) => planTransforms(builder, transforms, context),
  }));
}

/** Enriches staged rows as the TypeScript engine does, to the byte. */
export async function kernelEnrich(
  run: EnrichRun,
  how: KernelRun = { kernel: newKernel() },
): Promise<StepResult> {
  const { enrichments } = run.spec;
  return runStep(run, how, async (header) => {
    const context = { lookups: await loadLookups(enrichments, run.openLookup), lineage: run.lineage };
    return {
      operation: compileLoaded(enrichments, header, context),
      plan: (builder) => planEnrichments(builder, enrichments, context),
    };
  });
}

async function runStep(
  run: StepRun,
  { windowBytes, kernel }: KernelRun,
  begin: (header: readonly string[]) => Promise<Step>,
): Promise<StepResult> {
  if (!kernel) return runOperation(run, async (header) => (await begin(header)).operation);
  const memory = new KernelMemory(kernel);
  const reader = new StagedReader(run.input, undefined, { windowBytes, place: memory.placeText });
  try {
    const header = await reader.open();
    const step = await begin(header);
    const builder = stagedPlan(memory, header);
    step.plan(builder);
    return await new KernelStep(run, reader, builder, step).run();
  } finally {
    await reader.close();
  }
}

/** One run behind its header. */
class KernelStep {
  private readonly plan: KernelPlan;
  private readonly staged: KernelStaged;
  private readonly output: StepOutput;
  private readonly records: KernelOutput;

  constructor(
    run: StepRun,
    private readonly reader: StagedReader,
    builder: PlanBuilder,
    private readonly step: Step,
  ) {
    const { memory } = builder;
    this.plan = new KernelPlan(builder, 'csv', [builder.rowNumbers!, ...builder.columns]);
    this.staged = new KernelStaged(reader, memory);
    this.output = new StepOutput(run, [ROW_COLUMN, ...step.operation.header]);
    this.records = new KernelOutput(memory, this.plan, this.output);
  }

  async run(): Promise<StepResult> {
    const { staged, reader, output } = this;
    const { operation, duplicates } = this.step;
    for (;;) {
      if (await staged.next(this.plan)) {
        this.takeBatch();
        await output.drain();
        continue;
      }
      const batch = await reader.nextBatch(1);
      if (!batch) return { counts: await output.finish(), header: operation.header };
      operation.apply(batch);
      duplicates?.settleRows(batch);
      await output.write(batch);
    }
  }

  private takeBatch(): void {
    const { output } = this;
    const { operation, duplicates } = this.step;
    const { batch, doubtful } = this.staged;
    if (doubtful.count > 0) operation.apply(doubtful.batch);
    duplicates?.settle(batch, doubtful);
    if (doubtful.count > 0) output.writeRejects(doubtful.batch);
    output.count(batch.rows, 0, batch.countFiltered() + doubtful.countFiltered());
    this.records.write(batch, doubtful);
  }
}
