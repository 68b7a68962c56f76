import type { LookupSpec } from '../../spec/enrichments/enrichment-spec';
import { PipelineError } from '../../spec/pipeline-error';
import type { PipelineSpec } from '../../spec/pipeline-spec';
import type { ByteSource } from '../engine';
import { bytesOf, type CsvSource } from './csv-source';
import type { RunOptions } from './run-csv';
import { type LoadedContext, loadLookups } from '../enrichments';
import { CsvFile } from '../read/csv-file';

/** The source itself can be read once more where it is text, bytes or a file; a stream is gone by then. */
export async function openReference(
  resource: string,
  source: CsvSource,
  { resources = {} }: PipelineSpec,
  { openLookup }: RunOptions,
): Promise<ByteSource> {
  if (resource !== '' && openLookup) return bytesOf(await openLookup(resources[resource].key));
  if (resource === '' && isThereAgain(source)) return bytesOf(source);
  throw new PipelineError(
    'lookup-unreadable',
    resource === ''
      ? 'the schema has a foreign key to the file itself, which is a stream and cannot be read twice'
      : `the schema has a foreign key to the resource ${JSON.stringify(resource)}, and there is no openLookup to open it`,
  );
}

/** Reads the files of a pipeline's lookups. Throws PipelineError `lookup-unreadable` or `lookup-duplicate-key`. */
export async function loadContext(
  { enrichments }: PipelineSpec,
  { openLookup, lineage }: RunOptions,
): Promise<LoadedContext> {
  const lookups = await loadLookups(enrichments, async (index) => {
    const { key } = (enrichments[index] as LookupSpec).source;
    if (openLookup) return bytesOf(await openLookup(key));
    throw new PipelineError(
      'lookup-unreadable',
      `enrichments[${index}] (lookup) reads ${key}, and there is no openLookup to open it`,
    );
  });
  return {
    lookups,
    lineage: { sourceKey: '', sourceVersion: '', jobId: '', specSha256: '', ...lineage },
  };
}

function isThereAgain(source: CsvSource): boolean {
  return typeof source === 'string' || source instanceof Uint8Array || source instanceof CsvFile;
}
