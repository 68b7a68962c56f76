import type { Case } from './arbitraries';
import { LOOKUP } from './operations';
import { fillUnwrittenMemory } from './unwritten-memory';
import {
  type CsvEngine,
  type CsvSummary,
  PipelineError,
  type RejectedRow,
  type StepResult,
  type StepRun,
  typescriptEngine,
  type ValidateRun,
} from '../../../src/engine';
import { kernelSource } from '../../../src/engine/kernel/kernel-source';
import { kernelPublish } from '../../../src/engine/kernel/publish';
import { kernelEnrich, kernelTransform } from '../../../src/engine/kernel/steps';
import { kernelValidate } from '../../../src/engine/kernel/validate';
import { newKernel } from '../../../src/engine/kernel/wasm';
import { type OpenSource, runPipeline, typescriptSource } from '../../../src/engine/stream/run-pipeline';
import { validate } from '../../../src/engine/validate/validate';
import { bytes, MemorySink } from '../in-memory';

/** Everything that can be seen of a run. */
export interface Seen {
  readonly result?: StepResult;
  readonly output: string;
  readonly rejects: string;
  readonly error?: object;
}

/** What the TypeScript engine makes of a case. */
export async function byTypeScript(one: Case): Promise<Seen> {
  return seen(one, (run) => validate(run));
}

/** What the kernel makes of it. */
export async function byKernel(one: Case): Promise<Seen> {
  return seen(one, (run) => kernelValidate(run, one.windowBytes));
}

async function seen(one: Case, run: (run: ValidateRun) => Promise<StepResult>): Promise<Seen> {
  const output = new MemorySink();
  const rejects = new MemorySink();
  const { spec, sourceKey, file, chunkBytes } = one;
  fillUnwrittenMemory(chunkBytes);
  try {
    const result = await run({
      spec,
      sourceKey,
      input: bytes(file, chunkBytes),
      output,
      rejects,
      openReference: async () => bytes(file),
    });
    return { result, output: output.text, rejects: rejects.text };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const { code, message, position, rowsRead } = error;
    // How much was written before an error differs: nobody reads it.
    return { output: '', rejects: '', error: { code, message, position, rowsRead } };
  }
}

/** Everything that can be seen of a pipeline that is run in one pass. */
export interface SeenPipeline {
  readonly summary?: CsvSummary;
  readonly output: string;
  readonly rejects: string;
  readonly told: readonly RejectedRow[];
  readonly error?: object;
}

/** What the TypeScript engine makes of a case in one pass. */
export async function pipelineByTypeScript(one: Case): Promise<SeenPipeline> {
  return seenPipeline(one, typescriptSource);
}

/** What the kernel makes of it. */
export async function pipelineByKernel(one: Case): Promise<SeenPipeline> {
  return seenPipeline(one, (run, surplus) => kernelSource(run, surplus, one.windowBytes));
}

async function seenPipeline(one: Case, open: OpenSource): Promise<SeenPipeline> {
  const [output, rejects] = [new MemorySink(), new MemorySink()];
  const told: RejectedRow[] = [];
  const { spec, sourceKey, file, chunkBytes } = one;
  fillUnwrittenMemory(chunkBytes);
  const options = {
    ...{ output, rejects, sourceName: sourceKey },
    onReject: (reject: RejectedRow) => void told.push(reject),
    openLookup: () => LOOKUP,
    lineage: { jobId: 'job', sourceKey: 'a,b' },
  };
  try {
    // A file that refers to itself is read twice.
    const isReadTwice = (spec.schema?.foreignKeys ?? []).length > 0;
    const source = isReadTwice ? file : bytes(file, chunkBytes);
    const summary = await runPipeline(source, spec, options, open);
    return { summary, output: output.text, rejects: rejects.text, told };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const { code, message, position, rowsRead } = error;
    return { output: '', rejects: '', told: [], error: { code, message, position, rowsRead } };
  }
}

/** Everything that can be seen of the steps behind validate. */
export type SeenSteps = ReadonlyArray<{
  readonly result?: object;
  readonly output: string;
  readonly rejects: string;
  readonly error?: object;
}>;

/** What the TypeScript engine makes of staged rows, step by step. */
export async function stepsByTypeScript(one: Case): Promise<SeenSteps> {
  return seenSteps(one, typescriptEngine);
}

/** What the kernel makes of them. */
export async function stepsByKernel(one: Case): Promise<SeenSteps> {
  const how = () => ({ windowBytes: one.windowBytes, kernel: newKernel() });
  return seenSteps(one, {
    transform: (run) => kernelTransform(run, how()),
    enrich: (run) => kernelEnrich(run, how()),
    publish: (run) => kernelPublish(run, how()),
  });
}

/** What the kernel makes of a case in each of these ways. */
export async function allByKernel(one: Case) {
  return {
    validate: await byKernel(one),
    pass: await pipelineByKernel(one),
    steps: await stepsByKernel(one),
  };
}

/** What the TypeScript engine makes of it. */
export async function allByTypeScript(one: Case) {
  return {
    validate: await byTypeScript(one),
    pass: await pipelineByTypeScript(one),
    steps: await stepsByTypeScript(one),
  };
}

async function seenSteps(
  one: Case,
  engine: Pick<CsvEngine, 'transform' | 'enrich' | 'publish'>,
): Promise<SeenSteps> {
  const { spec, chunkBytes } = one;
  const lineage = { jobId: 'job', sourceKey: 'a,b', sourceVersion: '', specSha256: '' };
  const steps: SeenSteps[number][] = [];
  let text = stagedText(one, (await byTypeScript(one)).output);
  const step = async (run: (sinks: StepRun) => Promise<object>) => {
    const [output, rejects] = [new MemorySink(), new MemorySink()];
    try {
      const result = await run({ spec, input: bytes(text, chunkBytes), output, rejects });
      steps.push({ result, output: output.text, rejects: rejects.text });
      text = output.text;
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      const { code, message, position } = error;
      steps.push({ output: '', rejects: '', error: { code, message, position } });
    }
  };
  await step((run) => engine.transform(run));
  await step((run) => engine.enrich({ ...run, openLookup: async () => bytes(LOOKUP), lineage }));
  await step((run) => engine.publish(run));
  return steps;
}

/** What a step may have written: now and then something that it must not. */
function stagedText({ chunkBytes, windowBytes }: Case, text: string): string {
  if (chunkBytes % 7 !== 0) return text;
  const at = (chunkBytes * 5) % (text.length + 1);
  return text.slice(0, at) + ['"', ',', '\n', '0', '2,'][windowBytes % 5] + text.slice(at);
}
