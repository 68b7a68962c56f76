import { CsvOutput } from './csv-output';
import { JsonLinesOutput } from './json-lines-output';
import type { OutputWriter } from './output-writer';
import { PlainCsvOutput } from './plain-csv-output';
import { outputColumns } from '../../spec/output-columns';
import { DEFAULT_OUTPUT } from '../../spec/output-spec';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { ByteSink } from '../engine';
import type { KernelMemory } from '../kernel/kernel-memory';
import { encodersIn, ParquetWriter } from '../parquet/parquet-writer';

/**
 * Begins what is published, in the format of the pipeline: CSV unless it says otherwise. `memory` gives that of a kernel
 * for formats that are written there, the one in which the batches lie where there is one.
 */
export function openOutput(
  spec: PipelineSpec | undefined,
  header: readonly string[],
  sink: ByteSink,
  memory: () => KernelMemory | undefined = () => undefined,
): OutputWriter {
  const output = spec?.output ?? DEFAULT_OUTPUT;
  switch (output.type) {
    case 'csv': {
      const plain = output.quoting === 'minimal' && !output.neutralizeFormulas;
      return plain ? new PlainCsvOutput(header, sink) : new CsvOutput(output, header, sink);
    }
    case 'json-lines':
      return new JsonLinesOutput(outputColumns(spec!, header), sink);
    case 'parquet':
      return new ParquetWriter(output, outputColumns(spec!, header), sink, encodersIn(memory()));
  }
}
