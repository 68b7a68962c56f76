import { DEFAULT_DIALECT } from '../../../src/engine';
import { rowNumbersOf } from '../../../src/handlers/finish/staged-files';
import type { FinishInput } from '../../../src/shared/execution-contract';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';

const REJECTS = `raw/a.${'0'.repeat(32)}.rejects.csv`;

it.each([
  ['one header', 'raw/a.csv', { header: true }, 2],
  ['a header of two records', 'raw/a.csv', { header: true, headerRows: [1, 2] }, 3],
  ['no header', 'raw/a.csv', { header: false }, 1],
  ['rejects, whose header is one record whatever the dialect says', REJECTS, { headerRows: [1, 2] }, 2],
])('rows of a file with %s begin where its header ends', (_, key, dialect, first) => {
  const spec = { dialect: { ...DEFAULT_DIALECT, ...dialect } } as PipelineSpec;
  const counts = { rowsRead: 3, rowsWritten: 3, rowsRejected: 0, rowsFiltered: 0 };
  const rows = () => rowNumbersOf({ job: { key } } as FinishInput, spec, counts);
  expect(() => rows().add(first, 1)).not.toThrow();
  if (first > 1) expect(() => rows().add(first - 1, 1)).toThrow();
});
