import type { DialectCase, Verdict } from './cases';
import { runCsv } from '../../src/engine';
import { definePipeline } from '../../src/engine/stream/define-pipeline';

/** Has delimiter, quote and header found out of a file, and compares what is asked for. */
export async function judgeDialect({ input, property, expected }: DialectCase): Promise<Verdict> {
  const pipeline = definePipeline({ dialect: { detect: ['delimiter', 'quoteChar', 'header'] } });
  const { dialect } = await runCsv(input, pipeline);
  const got = dialect![property];
  return got === expected
    ? { kind: 'passed' }
    : { kind: 'differs', got: JSON.stringify(got), expected: JSON.stringify(expected) };
}
