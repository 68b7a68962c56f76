import { endingUpdate, type JobEnding } from '../../../src/handlers/jobs/job-ending';

it('takes nothing off a failed job that says all it can', () => {
  const ending = {
    job: { jobId: 'j', bucket: 'b', key: 'raw/a.csv', versionId: 'v' },
    status: 'FAILED',
    finishedAt: '2026-01-01T00:00:00.000Z',
    failure: { step: 'validate', errorCode: 'too-many-rejects', errorMessage: 'too many' },
    rejectsKept: 10,
    otherwise: {},
  } as unknown as JobEnding;
  expect(endingUpdate(ending).UpdateExpression).not.toContain('REMOVE');
  expect(endingUpdate({ ...ending, rejectsKept: undefined }).UpdateExpression).toMatch(/ REMOVE #\w+$/);
});
