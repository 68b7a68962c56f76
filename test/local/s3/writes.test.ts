import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandOutput,
  S3Client,
} from '@aws-sdk/client-s3';
import { startLocalServices, type LocalServices } from '../local-services';
import { signedFetch } from '../signed-fetch';

const Bucket = 'writes';
let services: LocalServices;
let s3: S3Client;
beforeAll(async () => {
  services = await startLocalServices();
  services.s3.createBucket(Bucket, { versioning: 'Enabled' });
  services.s3.createBucket('plain');
  s3 = new S3Client({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(() => services.stop());

const put = (Key: string, Body: string, more: object = {}): Promise<PutObjectCommandOutput> =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const body = async (Key: string, more: object = {}): Promise<string> =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToString();

describe('a conditional write', () => {
  it('with If-None-Match happens only where nothing is', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });
    await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      message: 'At least one of the pre-conditions you specified did not hold',
      Condition: 'If-None-Match',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await body('once')).toBe('first');
  });

  it('takes a delete marker for nothing', async () => {
    await put('marked', 'first');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'marked' }));
    await expect(put('marked', 'x', { IfMatch: '"any"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('marked', 'second', { IfNoneMatch: '*' });
    expect(await body('marked')).toBe('second');
  });

  it('with If-Match happens only over that ETag', async () => {
    const { ETag } = await put('match', 'first');
    await expect(put('match', 'x', { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      Condition: 'If-Match',
    });
    await put('match', 'second', { IfMatch: ETag });
    await put('match', 'third', { IfMatch: '*' });
    expect(await body('match')).toBe('third');
    await expect(put('match', 'x', { IfMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('with If-Match finds 404 where nothing is', async () => {
    await expect(put('absent', 'x', { IfMatch: '"any"' })).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('knows no If-None-Match but *', async () => {
    await expect(put('once', 'x', { IfNoneMatch: '"etag"' })).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
  });

  it('lets one of many that come at once through', async () => {
    const writes = Array.from({ length: 10 }, (_, n) => put('race', String(n), { IfNoneMatch: '*' }));
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(services.s3.bucket(Bucket).history('race')).toHaveLength(1);
  });

  it.each([
    [
      'is a conflict with If-None-Match',
      { ifMatch: undefined, ifAbsent: true },
      false,
      'ConditionalRequestConflict',
      409,
    ],
    [
      'is a conflict with If-Match where it has been written anew',
      { ifMatch: '*', ifAbsent: false },
      true,
      'ConditionalRequestConflict',
      409,
    ],
    ['finds 404 with If-Match', { ifMatch: '*', ifAbsent: false }, false, 'NoSuchKey', 404],
  ])(
    '%s where the object was deleted while its bytes came',
    async (name, condition, anew, code, statusCode) => {
      await put(name, 'first');
      const bucket = services.s3.bucket(Bucket);
      const pending = bucket.beginWrite(name, condition);
      const { kind: _, key: __, ...content } = bucket.current(name)!;
      await s3.send(new DeleteObjectCommand({ Bucket, Key: name }));
      if (anew) await put(name, 'second');
      expect(() => bucket.write(name, content, pending)).toThrow(
        expect.objectContaining({ code, statusCode }),
      );
    },
  );
});

describe('versions', () => {
  it('stay readable each by its id', async () => {
    const first = await put('versions', 'first');
    const second = await put('versions', 'second');
    expect(await body('versions')).toBe('second');
    expect(await body('versions', { VersionId: first.VersionId })).toBe('first');
    const head = await s3.send(
      new HeadObjectCommand({ Bucket, Key: 'versions', VersionId: second.VersionId }),
    );
    expect(head.VersionId).toBe(second.VersionId);
    const other = 'x'.repeat(32);
    await expect(body('versions', { VersionId: other })).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await expect(body('versions', { VersionId: 'made up' })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Invalid version id specified',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(
      s3.send(new DeleteObjectCommand({ Bucket, Key: 'versions', VersionId: 'made up' })),
    ).rejects.toThrow('Invalid version id specified');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'versions', VersionId: other }));
  });

  it('end in a delete marker, which goes like a version', async () => {
    await put('deleted', 'x');
    const { DeleteMarker, VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'deleted' }));
    expect(DeleteMarker).toBe(true);
    await expect(body('deleted')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(body('deleted', { VersionId })).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    const head = await signedFetch(services.endpoint, services.credentials, `/${Bucket}/deleted`, {
      method: 'HEAD',
    });
    expect([head.status, head.headers.get('x-amz-delete-marker')]).toEqual([404, 'true']);

    const undone = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'deleted', VersionId }));
    expect(undone).toMatchObject({ DeleteMarker: true, VersionId });
    expect(await body('deleted')).toBe('x');
  });

  it('are not kept by a bucket without versioning', async () => {
    const first = await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: '1' }));
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: '2' }));
    expect(first.VersionId).toBeUndefined();
    expect(services.s3.bucket('plain').history('k')).toHaveLength(1);
    const deleted = await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'k' }));
    expect(deleted.DeleteMarker).toBeUndefined();
    expect(services.s3.bucket('plain').history('k')).toHaveLength(0);
  });

  it('of a suspended bucket replace only the one without id', async () => {
    const bucket = services.s3.createBucket('suspended', { versioning: 'Enabled' });
    const suspended = { Bucket: 'suspended', Key: 'k' };
    const kept = await s3.send(new PutObjectCommand({ ...suspended, Body: '1' }));
    bucket.versioning = 'Suspended';
    await s3.send(new PutObjectCommand({ ...suspended, Body: '2' }));
    expect((await s3.send(new PutObjectCommand({ ...suspended, Body: '3' }))).VersionId).toBe('null');
    await s3.send(new DeleteObjectCommand(suspended));
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'suspended' }));
    expect(Versions!.map(({ VersionId }) => VersionId)).toEqual([kept.VersionId]);
    expect(DeleteMarkers!.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([['null', true]]);
  });
});

describe('a delete', () => {
  it('with If-Match spares any other object', async () => {
    const { ETag } = await put('kept', 'x');
    await expect(
      s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept', IfMatch: '"other"' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept', IfMatch: ETag }));
    await expect(body('kept')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept', IfMatch: ETag }));
  });

  it('of many tells each result by itself, or only the failures', async () => {
    await put('one', 'x');
    const { VersionId } = await put('two', 'x');
    const result = await s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: {
          Objects: [{ Key: 'one' }, { Key: 'two', VersionId }, { Key: 'one & <other>', ETag: '"e"' }],
        },
      }),
    );
    expect(result.Deleted).toEqual([
      { Key: 'one', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) },
      { Key: 'two', VersionId },
      { Key: 'one & <other>', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) },
    ]);
    await put('one', 'again');
    const quiet = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: 'one', ETag: '"e"' }] } }),
    );
    expect(quiet.Deleted).toBeUndefined();
    expect(quiet.Errors).toMatchObject([{ Key: 'one', Code: 'PreconditionFailed' }]);
  });

  it.each([
    '',
    'no xml',
    '<Delete></Delete>',
    '<Other><a/></Other>',
    '<Delete><Object><Key></Key></Object></Delete>',
  ])("of many refuses the document '%s'", async (document) => {
    const refused = await signedFetch(services.endpoint, services.credentials, `/${Bucket}`, {
      method: 'POST',
      query: { delete: '' },
      body: document,
    });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('<Code>MalformedXML</Code>');
  });
});

describe('a copy', () => {
  const copy = (Key: string, CopySource: string, more: object = {}): Promise<any> =>
    s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...more }));

  it('takes bytes, type, metadata and tags along, from any key and version', async () => {
    const Key = 'from/a b+c %é.csv';
    const { VersionId } = await put(Key, 'old', {
      ContentType: 'text/csv',
      Metadata: { a: '1' },
      Tagging: 't=1',
    });
    await put(Key, 'new');
    const source = `/${Bucket}/${encodeURIComponent(Key)}`;
    const result = await copy('to', `${source}?versionId=${VersionId}`);
    expect(result.CopySourceVersionId).toBe(VersionId);
    expect(result.CopyObjectResult.ETag).toBe('"149603e6c03516362a8da23f624db945"');
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'to' }));
    expect(await got.Body!.transformToString()).toBe('old');
    expect(got).toMatchObject({ ContentType: 'text/csv', Metadata: { a: '1' }, TagCount: 1 });
    await copy('to', source);
    expect(await body('to')).toBe('new');
  });

  it('can replace metadata and tags, also of the object itself', async () => {
    await put('self', 'x', { Metadata: { a: '1' } });
    await copy('self', `${Bucket}/self`, {
      MetadataDirective: 'REPLACE',
      Metadata: { b: '2' },
      TaggingDirective: 'REPLACE',
      Tagging: 'k=v',
      ChecksumAlgorithm: 'SHA256',
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'self', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({
      Metadata: { b: '2' },
      ChecksumSHA256: 'LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=',
    });
    await expect(copy('self', `${Bucket}/self`)).rejects.toThrow(
      'trying to copy an object to itself without changing',
    );
    await expect(copy('self', `${Bucket}/self`, { MetadataDirective: 'MERGE' })).rejects.toThrow(
      "Unknown directive 'MERGE' in x-amz-metadata-directive",
    );
    await copy('sealed', `${Bucket}/self`, { ServerSideEncryption: 'aws:kms' });
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'sealed' }))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
    });
  });

  it('keeps the conditions on its destination', async () => {
    await put('source', 'x');
    const { CopyObjectResult } = await copy('dest', `${Bucket}/source`, { IfNoneMatch: '*' });
    await expect(copy('dest', `${Bucket}/source`, { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy('dest', `${Bucket}/source`, { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await copy('dest', `${Bucket}/source`, { IfMatch: CopyObjectResult.ETag });
    await expect(copy('none', `${Bucket}/source`, { IfMatch: '"e"' })).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  it('keeps the conditions on its source', async () => {
    const { ETag } = await put('source', 'y');
    const hour = 3_600_000;
    await copy('checked', `${Bucket}/source`, { CopySourceIfMatch: ETag });
    for (const condition of [
      { CopySourceIfMatch: '"other"' },
      { CopySourceIfNoneMatch: ETag },
      { CopySourceIfModifiedSince: new Date(Date.now() + hour) },
      { CopySourceIfUnmodifiedSince: new Date(Date.now() - hour) },
    ]) {
      await expect(copy('checked', `${Bucket}/source`, condition)).rejects.toMatchObject({
        name: 'PreconditionFailed',
        $metadata: { httpStatusCode: 412 },
      });
    }
  });

  it('names a source that is none, or is not there', async () => {
    await expect(copy('x', 'no-slash')).rejects.toThrow('Copy Source must mention the source bucket and key');
    await expect(copy('x', 'no-bucket/key')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(copy('x', `${Bucket}/no-key`)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('of more than 5 GiB is refused: it goes in parts', async () => {
    const bucket = services.s3.bucket(Bucket);
    const pending = bucket.beginWrite('huge', { ifMatch: undefined, ifAbsent: false });
    const { kind: _, key: __, ...content } = bucket.current('source')!;
    bucket.write('huge', { ...content, segments: [], size: 5 * 1024 ** 3 + 1 }, pending);
    await expect(copy('x', `${Bucket}/huge`)).rejects.toThrow('larger than the maximum allowable size');
  });
});
