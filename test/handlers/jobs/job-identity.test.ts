import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { JOB_ID_PATTERN, jobIdOf, replayIdOf } from '../../../src/handlers/jobs/job-identity';

const SOURCE = { bucket: 'orders', key: 'raw/é.csv', versionId: 'v1' };

it('is the hash of the parts, each behind its length in bytes', () => {
  const part = (text: string) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  };
  const bytes = Buffer.concat([part('Shop'), part('orders'), part('raw/é.csv'), part('v1')]);
  expect(jobIdOf('Shop', SOURCE)).toBe(createHash('sha256').update(bytes).digest('hex').slice(0, 32));
});

it('keeps apart what differs in any part, also where the texts run into each other', () => {
  const part = fc.string({ maxLength: 4 });
  const parts = fc.record({ pipeline: part, bucket: part, key: part, versionId: part });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(jobIdOf(a.pipeline, a) === jobIdOf(b.pipeline, b)).toBe(same);
    }),
  );
  expect(jobIdOf('a', { ...SOURCE, bucket: 'bc' })).not.toBe(jobIdOf('ab', { ...SOURCE, bucket: 'c' }));
});

it('can be an execution name, also as a replay', () => {
  const jobId = jobIdOf('Shop', SOURCE);
  expect(jobId).toMatch(JOB_ID_PATTERN);
  expect(replayIdOf(jobId, 12)).toMatch(JOB_ID_PATTERN);
  expect(replayIdOf(jobId, 12)).toBe(`${jobId}-12`);
});

it.each(['', 'a/b', `${'a'.repeat(32)}-0`, `${'a'.repeat(32)}-01`, 'A'.repeat(32), 'a'.repeat(33)])(
  'does not take %j for a job id',
  (text) => {
    expect(text).not.toMatch(JOB_ID_PATTERN);
  },
);
