import type { JobResult } from '../../src/cli/results';
import { summarise } from '../../src/cli/summary';

const JOB: JobResult = {
  jobId: 'j1',
  fileName: 'raw/a.csv',
  file: 'data/a.csv',
  status: 'SUCCEEDED',
  timestamp: '2026-01-31T09:00:00.000Z',
  pipeline: 'orders',
  bucket: 'orders',
  versionId: 'v1',
  sizeBytes: 9,
  rowsRead: 3,
  rowsWritten: 1,
  rowsRejected: 2,
  rowsFiltered: 0,
  countsComplete: true,
  outputs: [],
  rejects: 'failed/a.j1.rejects.csv',
  durationsMs: {},
  executionArn: null,
  specSha256: '',
  attempt: 0,
  createdAt: '2026-01-31T09:00:00.000Z',
  finishedAt: null,
  expiresAt: 1,
  outputFiles: [],
  rejectsFile: 'out/failed/a.j1.rejects.csv',
  firstRejects: [],
};

it('tells how the file was found to be written', () => {
  const found = { delimiter: '\t', quoteChar: null, header: false, encoding: 'utf-16le' };
  expect(summarise({ ...JOB, dialect: found })).toContain(
    '  dialect  delimiter "\\t", no quotes, no header, utf-16le (found out)',
  );
  expect(summarise({ ...JOB, dialect: { ...found, quoteChar: '"', header: true } })).toContain(
    ', quote ", a header,',
  );
  expect(summarise(JOB)).not.toContain('dialect');
});

it('tells where not all rejects are kept', () => {
  expect(summarise({ ...JOB, rejectsKept: 1 })).toContain(
    'rejects.csv (the first 1 rows: the limit of those kept)',
  );
  expect(summarise(JOB)).toMatch(/rejects\.csv$/m);
});
