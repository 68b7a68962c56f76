import type { DetectedDialect } from '../../spec/dialect-spec';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import { openSource, sourceReader } from './source-records';

/** The dialect that a source is read with, as its first bytes show it. Throws PipelineError where it cannot be read. */
export async function foundDialect(
  input: ByteSource,
  sourceKey: string,
  spec: PipelineSpec,
): Promise<DetectedDialect> {
  const reader = sourceReader(input, sourceKey, spec);
  try {
    const { dialect } = await openSource(reader, sourceKey, spec);
    const { delimiter, quoteChar, header } = dialect;
    return { delimiter, quoteChar, header, encoding: reader.encoding };
  } finally {
    await reader.close();
  }
}
