import { KernelIntegers } from './kernel-integers';
import { KernelMemory } from './kernel-memory';
import { readsRecords, readsSource } from './program';
import { newKernel } from './wasm';
import type { SurplusCells } from '../read/record-reader';
import { IntegerPages } from '../unique/integer-pages';
import { CheckedSource, type CheckedSourceRun } from '../validate/checked-source';
import { isRejectsName } from '../validate/replay';
import { sourceReader } from '../validate/source-records';

/** A source whose text lies in the memory of a kernel, where there may be one for it. */
export interface KernelSource {
  readonly source: CheckedSource;
  /** That memory, once the source is open; undefined where the records are not for the kernel. */
  readonly memoryOf: (source: CheckedSource) => KernelMemory | undefined;
}

/** Opens a source for the kernel, or without one where it reads no such source. `windowBytes` are read ahead. */
export function kernelSource(
  run: CheckedSourceRun,
  surplus: SurplusCells,
  windowBytes?: number,
): KernelSource {
  const { spec, sourceKey, input } = run;
  const kernel = readsSource(spec) && !isRejectsName(sourceKey) ? newKernel() : undefined;
  const memory = kernel && new KernelMemory(kernel);
  const memoryOf = ({ dialect, width }: CheckedSource) =>
    memory && readsRecords(dialect, width) ? memory : undefined;
  const reader = sourceReader(input, sourceKey, spec, windowBytes, memory?.placeText);
  const source = new CheckedSource(run, surplus, reader, (opened) => {
    const own = memoryOf(opened);
    return own ? new KernelIntegers(own) : new IntegerPages();
  });
  return { source, memoryOf };
}
