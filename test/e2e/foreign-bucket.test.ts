import { expectConservation } from './conservation';
import { Pipeline } from './pipeline';
import { startTarget, type Target } from './target';

let target: Target;
let foreign: Pipeline;
let unversioned: Pipeline;

beforeAll(async () => {
  target = await startTarget('EtlE2eForeign-dev');
  foreign = new Pipeline(target, 'Foreign');
  unversioned = new Pipeline(target, 'Unversioned');
});
afterAll(() => target?.stop());

it.each(['raw/plain.csv', 'raw/with space+and 100%/größe (1).csv'])(
  'takes %p from a bucket that it did not make',
  async (key) => {
    const job = await foreign.run(key, 'a\n1\n');
    expect(job).toMatchObject({
      status: 'SUCCEEDED',
      fileName: key,
      outputs: [key.replace('raw/', 'processed/')],
    });
  },
);

it('starts nothing for what lies elsewhere in that bucket', async () => {
  await foreign.put('elsewhere/a.csv', 'a\n1\n');
  await foreign.put('raw/a.txt', 'a\n1\n');
  await foreign.run('raw/after-the-others.csv', 'a\n1\n');
  const files = (await foreign.scan()).map((job) => job.fileName);
  expect(files.filter((file) => file.endsWith('/a.csv') || file.endsWith('.txt'))).toEqual([]);
});

it('fails a file of a bucket that keeps no versions, and says what to do', async () => {
  const job = await unversioned.run('raw/a.csv', 'a\n1\n');
  expect(job).toMatchObject({
    status: 'FAILED',
    errorCode: 'source-not-versioned',
    versionId: '',
    outputs: [],
  });
  expect(job.errorMessage).toMatch(/versioning/);
});

it('conserves the rows of every job', () => expectConservation(foreign, unversioned));
