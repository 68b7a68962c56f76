import type { Case } from './arbitraries';
import { PipelineError, type StepResult, type ValidateRun } from '../../../src/engine';
import { kernelValidate } from '../../../src/engine/kernel/validate';
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
