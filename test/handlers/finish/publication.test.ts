import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { publish, type Publication, PUBLICATION_LIMITS } from '../../../src/handlers/finish/publication';
import { Account, BUCKET } from '../account';
import { FaultProxy } from '../fault-proxy';
import { captureLines } from '../standard-output';

const FAST = { ...PUBLICATION_LIMITS, firstPauseMs: 0 };
const IN_PARTS = { ...FAST, singleCopyBytes: 0 };
const COPY = /processed/;

let account: Account;
let proxy: FaultProxy;
beforeAll(async () => {
  account = await Account.start();
  proxy = await FaultProxy.start(account.services.endpoint);
});
afterAll(async () => {
  await proxy.stop();
  await account.stop();
});

const struck = () => account.s3At(proxy.endpoint);
const prepared = jest.fn(async () => undefined);
const hasEnded = async () => false;
const STEPS = { prepare: prepared, hasEnded };
const ALONE = { prepare: async () => undefined, hasEnded };
beforeEach(() => prepared.mockClear());
afterEach(() => jest.restoreAllMocks());

/** A publication of a version that has just been put. */
async function publicationOf(name: string, text = 'mine', commitId = `${name}:0`): Promise<Publication> {
  const job = await account.putSource(`raw/${name}`, `source of ${text}`, name);
  const from = { bucket: BUCKET, key: `staging/${commitId}` };
  await account.put(from.key, text);
  const to = { bucket: BUCKET, key: `processed/${name}` };
  return { job, from, sizeBytes: text.length, to, contentType: 'text/plain', commitId };
}

it('writes where nothing was, and over what was there', async () => {
  const first = await publicationOf('plain', 'one');
  expect(await publish(account.s3, first, STEPS)).toBe('PUBLISHED');
  expect(await account.text('processed/plain')).toBe('one');
  const second = await publicationOf('plain', 'two', 'plain-2:0');
  expect(await publish(account.s3, second, STEPS)).toBe('PUBLISHED');
  expect(await account.text('processed/plain')).toBe('two');
  expect(prepared).toHaveBeenCalledTimes(2);
});

it('replaces nothing when an older version finishes late', async () => {
  const older = await publicationOf('late', 'old');
  const newer = await publicationOf('late', 'new', 'late-2:0');
  expect(await publish(account.s3, newer, STEPS)).toBe('PUBLISHED');
  prepared.mockClear();
  expect(await publish(account.s3, older, STEPS)).toBe('SUPERSEDED');
  expect(await account.text('processed/late')).toBe('new');
  expect(prepared).not.toHaveBeenCalled();
});

it('publishes nothing of a source that has been deleted', async () => {
  const publication = await publicationOf('deleted');
  const absent = { ...publication, job: { ...publication.job, key: 'raw/never' } };
  expect(await publish(account.s3, absent, STEPS)).toBe('SUPERSEDED');
});

it.each([
  ['at once', FAST, 'PUT'],
  ['in parts', IN_PARTS, 'POST'],
])('gives way to a newer version that is published while it copies %s', async (name, limits, method) => {
  const older = await publicationOf(`race ${name}`, 'old');
  proxy.before({ method, url: COPY }, async () => {
    const newer = await publicationOf(`race ${name}`, 'new', `race-2 ${name}:0`);
    expect(await publish(account.s3, newer, ALONE)).toBe('PUBLISHED');
  });
  expect(await publish(struck(), older, STEPS, limits)).toBe('SUPERSEDED');
  expect(await account.text(`processed/race ${name}`)).toBe('new');
  expect(prepared).toHaveBeenCalledTimes(1);
});

it('gives way to a newer version over an earlier output', async () => {
  await publish(account.s3, await publicationOf('third', 'first'), STEPS);
  const older = await publicationOf('third', 'second', 'third-2:0');
  proxy.before({ method: 'PUT', url: COPY }, async () => {
    const newer = await publicationOf('third', 'third', 'third-3:0');
    await publish(account.s3, newer, ALONE);
  });
  expect(await publish(struck(), older, STEPS, FAST)).toBe('SUPERSEDED');
  expect(await account.text('processed/third')).toBe('third');
});

it('looks again, and wins, where something older came in between', async () => {
  const mine = await publicationOf('between');
  proxy.before({ method: 'PUT', url: COPY }, () => account.put('processed/between', 'older'));
  expect(await publish(struck(), mine, STEPS, FAST)).toBe('PUBLISHED');
  expect(await account.text('processed/between')).toBe('mine');
  expect(prepared).toHaveBeenCalledTimes(1);
});

it('looks again where what it saw has been deleted in between', async () => {
  await account.put('processed/removed', 'old');
  const mine = await publicationOf('removed');
  proxy.answer({ method: 'PUT', url: COPY }, 404, 'NoSuchKey');
  expect(await publish(struck(), mine, STEPS, FAST)).toBe('PUBLISHED');
  expect(await account.text('processed/removed')).toBe('mine');
});

it.each([
  [412, 'PreconditionFailed'],
  [409, 'ConditionalRequestConflict'],
])('knows its own write by its commit id where the answer to it is %i', async (status, code) => {
  const mine = await publicationOf(`own ${status}`);
  proxy.loseAnswer({ method: 'PUT', url: COPY }, status, code);
  expect(await publish(struck(), mine, STEPS, FAST)).toBe('PUBLISHED');
  expect(await account.text(`processed/own ${status}`)).toBe('mine');
});

it('does nothing where an earlier try of the same commit has published, also of a source that is newer by now', async () => {
  const mine = await publicationOf('done');
  await publish(account.s3, mine, STEPS);
  await account.put('raw/done', 'newer');
  prepared.mockClear();
  expect(await publish(account.s3, mine, STEPS)).toBe('PUBLISHED');
  expect(prepared).not.toHaveBeenCalled();
});

it('copies a large output in parts, with a new upload after a conflict', async () => {
  const mine = await publicationOf('large');
  proxy.answer({ method: 'POST', url: /processed\/large\?uploadId/ }, 409, 'ConditionalRequestConflict');
  expect(await publish(struck(), mine, STEPS, IN_PARTS)).toBe('PUBLISHED');
  expect(await account.text('processed/large')).toBe('mine');
  expect(await account.head('processed/large')).toMatchObject({ Metadata: { 'commit-id': 'large:0' } });
});

describe('a copy that fails inside an answer of status 200', () => {
  const completion = { operation: 'CompleteMultipartUpload' } as const;

  it.each(['PreconditionFailed', 'ConditionalRequestConflict'])(
    'for %s looks again, and makes a new upload',
    async (code) => {
      const mine = await publicationOf(`inside ${code}`);
      account.services.faults.failInside200(
        { ...completion, on: new RegExp(`/processed/inside ${code}$`) },
        code,
      );
      expect(await publish(account.s3, mine, STEPS, IN_PARTS)).toBe('PUBLISHED');
      expect(await account.text(`processed/inside ${code}`)).toBe('mine');
      expect(account.services.s3.bucket(BUCKET).uploads.size).toBe(0);
    },
  );

  it('for a reason that may pass asks for another try of all', async () => {
    const mine = await publicationOf('inside busy');
    account.services.faults.failInside200({ ...completion, on: /inside busy/ }, 'InternalError');
    await expect(publish(account.s3, mine, STEPS, IN_PARTS)).rejects.toMatchObject({
      name: 'TransientError',
    });
    expect(await publish(account.s3, mine, STEPS, IN_PARTS)).toBe('PUBLISHED');
  });
});

it('knows its own upload in parts where the answer to its completion was lost', async () => {
  captureLines();
  const mine = await publicationOf('lost parts');
  const calls = { service: 's3', operation: 'CompleteMultipartUpload', on: /lost parts/ } as const;
  account.services.faults.loseAnswer(calls);
  // The SDK tries again by itself, and finds no such upload any more.
  const patient = new S3Client(account.services.clientConfig);
  await expect(publish(patient, mine, STEPS, IN_PARTS)).rejects.toMatchObject({ name: 'TransientError' });
  patient.destroy();
  const { VersionId } = (await account.head('processed/lost parts'))!;
  expect(await publish(account.s3, mine, STEPS, IN_PARTS)).toBe('PUBLISHED');
  expect((await account.head('processed/lost parts'))!.VersionId).toBe(VersionId);
});

it('makes a new upload where the output was deleted and written anew while its parts were copied', async () => {
  await account.put('processed/anew', 'old');
  const mine = await publicationOf('anew');
  account.services.faults.before(
    { service: 's3', operation: 'CompleteMultipartUpload', on: /processed\/anew$/ },
    async () => {
      await account.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'processed/anew' }));
      // The same bytes have the same ETag: only the conflict tells.
      await account.put('processed/anew', 'old');
    },
  );
  expect(await publish(account.s3, mine, STEPS, IN_PARTS)).toBe('PUBLISHED');
  expect(await account.text('processed/anew')).toBe('mine');
});

it('gives up where the destination does not hold still', async () => {
  const mine = await publicationOf('restless');
  proxy.answer({ method: 'PUT', url: COPY, times: 8 }, 409, 'ConditionalRequestConflict');
  await expect(publish(struck(), mine, STEPS, FAST)).rejects.toMatchObject({
    name: 'publication-conflict',
    message: 'processed/restless kept changing while it was published: 8 tries',
  });
  expect(await account.head('processed/restless')).toBeUndefined();
});

it('asks for another try of all where S3 is busy', async () => {
  const mine = await publicationOf('busy');
  proxy.answer({ method: 'PUT', url: COPY }, 503, 'SlowDown');
  await expect(publish(struck(), mine, STEPS, FAST)).rejects.toMatchObject({ name: 'TransientError' });
});

it('lets the newest of many versions stay, whichever is published last', async () => {
  const publications: Publication[] = [];
  for (let version = 0; version < 6; version++) {
    publications.push(await publicationOf('crowd', `version ${version}`, `crowd-${version}:0`));
  }
  const results = await Promise.all(
    publications.reverse().map((publication) => publish(account.s3, publication, ALONE, FAST)),
  );
  expect(results).toEqual(['PUBLISHED', ...Array.from({ length: 5 }, () => 'SUPERSEDED')]);
  expect(await account.text('processed/crowd')).toBe('version 5');
});

it('stamps a hash of a source key that would take more room in the metadata than S3 gives', async () => {
  const name = 'é'.repeat(200);
  await publish(account.s3, await publicationOf(name, 'one'), STEPS);
  const { Metadata } = (await account.head(`processed/${name}`))!;
  expect(Metadata!['source-key']).toMatch(/^sha256:[0-9a-f]{64}$/);
  const again = await publicationOf(name, 'two', 'again:0');
  expect(await publish(account.s3, again, STEPS)).toBe('PUBLISHED');
});

describe('the output of another source', () => {
  /** A publication of another pipeline of the bucket, whose keys meet those of the first below `processed/`. */
  async function foreign(name: string): Promise<Publication> {
    const publication = await publicationOf(name, 'theirs', `theirs-${name}:0`);
    const job = await account.putSource(`raw/b/${name}`, 'source of theirs', `theirs-${name}`);
    return { ...publication, job };
  }

  it('is never replaced', async () => {
    await publish(account.s3, await publicationOf('shared'), ALONE);
    await expect(publish(account.s3, await foreign('shared'), STEPS)).rejects.toMatchObject({
      name: 'publication-conflict',
      message: 'processed/shared belongs to another source, with the key raw/shared: it is not replaced',
    });
    expect(await account.text('processed/shared')).toBe('mine');
    expect(prepared).not.toHaveBeenCalled();
  });

  it('is not replaced either where it appears while the own one is copied', async () => {
    const theirs = await foreign('shared late');
    proxy.before({ method: 'PUT', url: COPY }, async () =>
      publish(account.s3, await publicationOf('shared late'), ALONE),
    );
    await expect(publish(struck(), theirs, STEPS, FAST)).rejects.toMatchObject({
      name: 'publication-conflict',
    });
    expect(await account.text('processed/shared late')).toBe('mine');
  });

  it('is replaced where it bears no stamp, on the condition that it is what was seen', async () => {
    await account.put('processed/unstamped', 'by hand');
    expect(await publish(account.s3, await publicationOf('unstamped'), STEPS)).toBe('PUBLISHED');
  });
});

it('publishes nothing of a job that has ended meanwhile', async () => {
  const publication = await publicationOf('ended');
  const steps = { prepare: prepared, hasEnded: async () => true };
  expect(await publish(account.s3, publication, steps)).toBe('ENDED');
  expect(await account.head('processed/ended')).toBeUndefined();
});

it('tells that its own staged output is gone, and does not try again and again', async () => {
  const gone = { ...(await publicationOf('unstaged')), from: { bucket: BUCKET, key: 'staging/gone' } };
  for (const before of [undefined, 'older']) {
    if (before) await account.put('processed/unstaged', before);
    prepared.mockClear();
    await expect(publish(account.s3, gone, STEPS)).rejects.toMatchObject({
      name: 'TransientError',
      message: 'the staged object s3://orders/staging/gone is gone',
    });
    expect(prepared).toHaveBeenCalledTimes(1);
  }
});
