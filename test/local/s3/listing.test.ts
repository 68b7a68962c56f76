import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { listPage, type Page } from '../../../src/local/s3/listing';
import { startLocalServices, type LocalServices } from '../local-services';
import { signedFetch } from '../signed-fetch';

const Bucket = 'listing';
let services: LocalServices;
let s3: S3Client;
beforeAll(async () => {
  services = await startLocalServices();
  services.s3.createBucket(Bucket, { versioning: 'Enabled' });
  s3 = new S3Client({ ...services.clientConfig, maxAttempts: 1 });
  for (const Key of ['raw/b/2.csv', 'raw/a.csv', 'raw/b/1.csv', 'top', 'raw/é &\r.csv']) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  }
});
afterAll(() => services.stop());

describe('a listing of objects', () => {
  it('is sorted, by prefix, and rolls up what lies deeper', async () => {
    const list = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'raw/', Delimiter: '/' }));
    expect(list.Contents!.map(({ Key }) => Key)).toEqual(['raw/a.csv', 'raw/é &\r.csv']);
    expect(list.CommonPrefixes).toEqual([{ Prefix: 'raw/b/' }]);
    expect(list).toMatchObject({ KeyCount: 3, IsTruncated: false, Prefix: 'raw/', Delimiter: '/' });
    expect(list.Contents![0]).toMatchObject({ Size: 9, StorageClass: 'STANDARD', ETag: expect.any(String) });
  });

  it('goes page by page to the same keys', async () => {
    const found: string[] = [];
    for await (const page of paginateListObjectsV2(
      { client: s3, pageSize: 2 },
      { Bucket, FetchOwner: true },
    )) {
      expect(page.Contents![0].Owner).toEqual({ ID: '000000000000' });
      found.push(...page.Contents!.map(({ Key }) => Key!));
    }
    expect(found).toEqual(['raw/a.csv', 'raw/b/1.csv', 'raw/b/2.csv', 'raw/é &\r.csv', 'top']);
  });

  it('begins after a key, and leaves out what was deleted', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'top/gone', Body: 'x' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'top/gone' }));
    const list = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: 'raw/b/2.csv' }));
    expect(list.Contents!.map(({ Key }) => Key)).toEqual(['raw/é &\r.csv', 'top']);
    const none = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }));
    expect(none).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  it('encodes keys where asked to', async () => {
    const list = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'raw/é &', EncodingType: 'url' }));
    expect(list.Contents!.map(({ Key }) => Key)).toEqual(['raw/%C3%A9+%26%0D.csv']);
  });

  it('has an older form with a marker', async () => {
    const page = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }));
    expect(page).toMatchObject({
      IsTruncated: true,
      NextMarker: 'raw/',
      CommonPrefixes: [{ Prefix: 'raw/' }],
    });
    const rest = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: page.NextMarker }));
    expect(rest.Contents!.map(({ Key }) => Key)).toEqual(['top']);
  });

  it.each([
    [{ 'list-type': '3' }, 400, 'list-type must be 2'],
    [{ 'list-type': '2', 'max-keys': 'many' }, 400, 'Provided max-keys not an integer'],
    [{ 'list-type': '2', 'encoding-type': 'base64' }, 400, 'Invalid Encoding Method'],
    [
      { 'list-type': '2', 'continuation-token': 'made-up' },
      400,
      'The continuation token provided is incorrect',
    ],
    [{ acl: '' }, 501, 'the local run does not provide the parameter &apos;acl&apos; of GET bucket'],
    [{ policy: '' }, 501, 'the local run does not provide the parameter'],
  ])('%j is refused', async (query, status, message) => {
    const refused = await signedFetch(services.endpoint, services.credentials, `/${Bucket}`, {
      query: query as Record<string, string>,
    });
    expect(refused.status).toBe(status);
    expect((await refused.text()).replace(/'/g, '&apos;')).toContain(message);
  });

  it('pages of any size together give every key once, in order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '😀'), minLength: 1, maxLength: 6 }),
        ),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('', '/'),
        fc.constantFrom('', 'a', 'a/'),
        (keys, maxKeys, delimiter, prefix) => {
          const sorted = keys
            .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
            .map((key) => ({ key }));
          const whole = listPage(sorted, { prefix, delimiter, maxKeys: 1000, after: '' });
          const entries: string[] = [];
          const prefixes: string[] = [];
          let after: string | undefined = '';
          while (after !== undefined) {
            const page: Page<{ key: string }> = listPage(sorted, { prefix, delimiter, maxKeys, after });
            entries.push(...page.entries.map(({ key }) => key));
            prefixes.push(...page.prefixes);
            after = page.next;
          }
          expect(entries).toEqual(whole.entries.map(({ key }) => key));
          expect(prefixes).toEqual(whole.prefixes);
        },
      ),
    );
  });
});

describe('a listing of versions', () => {
  it('goes page by page through versions and delete markers, newest first', async () => {
    services.s3.createBucket('versions', { versioning: 'Enabled' });
    const ids: string[] = [];
    for (const Key of ['a', 'b', 'b', 'c/1', 'c/2']) {
      ids.push((await s3.send(new PutObjectCommand({ Bucket: 'versions', Key, Body: Key }))).VersionId!);
    }
    const marker = await s3.send(new DeleteObjectCommand({ Bucket: 'versions', Key: 'a' }));
    const found: (string | undefined)[] = [];
    let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (next) {
      const page: any = await s3.send(
        new ListObjectVersionsCommand({ Bucket: 'versions', MaxKeys: 1, Delimiter: '/', ...next }),
      );
      for (const version of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
        found.push(`${version.Key} ${version.VersionId} ${version.IsLatest}`);
      }
      found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }: { Prefix: string }) => Prefix));
      next = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    expect(found).toEqual([
      `a ${marker.VersionId} true`,
      `a ${ids[0]} false`,
      `b ${ids[2]} true`,
      `b ${ids[1]} false`,
      'c/',
    ]);
  });
});

describe('a bucket', () => {
  it('can be made, looked at and deleted by its API', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'made-here' }));
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'made-here' }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
    await expect(
      signedFetch(services.endpoint, services.credentials, '/Bad_Name', { method: 'PUT' }),
    ).resolves.toMatchObject({
      status: 400,
    });
    await s3.send(new HeadBucketCommand({ Bucket: 'made-here' }));
    expect(
      (await s3.send(new GetBucketLocationCommand({ Bucket: 'made-here' }))).LocationConstraint,
    ).toBeUndefined();
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets!.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining([Bucket, 'made-here', 'versions']),
    );

    await s3.send(new PutObjectCommand({ Bucket: 'made-here', Key: 'k', Body: 'x' }));
    await expect(s3.send(new DeleteBucketCommand({ Bucket: 'made-here' }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    });
    await s3.send(new DeleteObjectCommand({ Bucket: 'made-here', Key: 'k' }));
    await s3.send(new DeleteBucketCommand({ Bucket: 'made-here' }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'made-here' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'made-here' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
    });
  });

  it('can have versioning switched on and suspended', async () => {
    services.s3.createBucket('switched');
    const status = async (): Promise<string | undefined> =>
      (await s3.send(new GetBucketVersioningCommand({ Bucket: 'switched' }))).Status;
    const set = (Status: 'Enabled' | 'Suspended' | 'Off'): Promise<unknown> =>
      s3.send(
        new PutBucketVersioningCommand({
          Bucket: 'switched',
          VersioningConfiguration: { Status: Status as 'Enabled' },
        }),
      );
    expect(await status()).toBeUndefined();
    await set('Enabled');
    expect(await status()).toBe('Enabled');
    await set('Suspended');
    expect(await status()).toBe('Suspended');
    await expect(set('Off')).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  it('can be cleared, unfinished uploads included', async () => {
    await services.s3.bucket('versions').clear();
    expect(services.s3.bucket('versions').isEmpty()).toBe(true);
  });
});
