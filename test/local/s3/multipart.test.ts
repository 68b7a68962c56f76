import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { startLocalServices, type LocalServices } from '../local-services';
import { signedFetch } from '../signed-fetch';

const Bucket = 'parts';
const MB = 1024 * 1024;
const content = randomBytes(11 * MB);
let services: LocalServices;
let s3: S3Client;
beforeAll(async () => {
  services = await startLocalServices();
  services.s3.createBucket(Bucket, { versioning: 'Enabled' });
  s3 = new S3Client({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(() => services.stop());

async function create(Key: string, more: object = {}): Promise<string> {
  return (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId!;
}

async function part(
  Key: string,
  UploadId: string,
  PartNumber: number,
  Body: Uint8Array,
): Promise<CompletedPart> {
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
}

const complete = (Key: string, UploadId: string, Parts: CompletedPart[], more: object = {}): Promise<any> =>
  s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));

const files = (): string[] => readdirSync(join(services.dataDir, 's3'));

it('joins parts to one object, with the ETag that S3 gives it', async () => {
  const UploadId = await create('joined', { ContentType: 'text/csv', Metadata: { a: '1' }, Tagging: 'k=v' });
  const first = await part('joined', UploadId, 2, content.subarray(0, 6 * MB));
  const last = await part('joined', UploadId, 7, content.subarray(6 * MB));
  const result = await complete('joined', UploadId, [first, last]);
  const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();
  const both = md5(Buffer.concat([md5(content.subarray(0, 6 * MB)), md5(content.subarray(6 * MB))]));
  expect(result.ETag).toBe(`"${both.toString('hex')}-2"`);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'joined' }));
  expect(Buffer.from(await got.Body!.transformToByteArray()).equals(content)).toBe(true);
  expect(got).toMatchObject({
    ContentType: 'text/csv',
    Metadata: { a: '1' },
    TagCount: 1,
    ContentLength: 11 * MB,
  });

  const across = await s3.send(
    new GetObjectCommand({ Bucket, Key: 'joined', Range: `bytes=${6 * MB - 5}-${6 * MB + 4}` }),
  );
  expect(Buffer.from(await across.Body!.transformToByteArray())).toEqual(
    content.subarray(6 * MB - 5, 6 * MB + 5),
  );
  const second = await s3.send(new HeadObjectCommand({ Bucket, Key: 'joined', PartNumber: 2 }));
  expect(second).toMatchObject({ ContentLength: 5 * MB, PartsCount: 2 });
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'joined', PartNumber: 3 }))).rejects.toMatchObject(
    {
      name: 'InvalidPartNumber',
    },
  );
});

it('tells part 1 of an object that has none', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'whole', Body: 'x' }));
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'whole', PartNumber: 1 }));
  expect(head).toMatchObject({ ContentLength: 1, ContentRange: 'bytes 0-0/1' });
});

it("serves the SDK's managed upload, checksums of parts included", async () => {
  const upload = new Upload({
    client: s3,
    params: { Bucket, Key: 'managed', Body: content, ChecksumAlgorithm: 'SHA256' },
  });
  await expect(upload.done()).resolves.toMatchObject({ ChecksumSHA256: expect.stringMatching(/=-3$/) });
  const copied = await s3.send(
    new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/managed` }),
  );
  expect(copied.CopyObjectResult).toMatchObject({
    ETag: `"${createHash('md5').update(content).digest('hex')}"`,
    ChecksumSHA256: createHash('sha256').update(content).digest('base64'),
  });
});

it('gives one checksum of the whole where that was asked for', async () => {
  const UploadId = await create('full', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
  const first = await part('full', UploadId, 1, content.subarray(0, 5 * MB));
  const last = await part('full', UploadId, 2, content.subarray(5 * MB));
  await expect(
    complete('full', UploadId, [first, last], { ChecksumCRC32: 'AAAAAA==' }),
  ).rejects.toMatchObject({
    name: 'BadDigest',
  });
  await expect(complete('full', UploadId, [first, last], { MpuObjectSize: 1 })).rejects.toThrow(
    "The provided 'x-amz-mp-object-size' header does not match what was computed: 11534336",
  );
  const done = await complete('full', UploadId, [first, last], { MpuObjectSize: content.length });
  expect(done.ChecksumType).toBe('FULL_OBJECT');
  const whole = await s3.send(
    new PutObjectCommand({ Bucket, Key: 'same', Body: content, ChecksumAlgorithm: 'CRC32' }),
  );
  expect(done.ChecksumCRC32).toBe(whole.ChecksumCRC32);
  await expect(create('x', { ChecksumType: 'HALF', ChecksumAlgorithm: 'CRC32' })).rejects.toThrow(
    "Value for x-amz-checksum-type header is invalid: 'HALF'",
  );
});

describe('a completion', () => {
  let UploadId: string;
  let first: CompletedPart;
  let last: CompletedPart;
  beforeAll(async () => {
    UploadId = await create('checked');
    first = await part('checked', UploadId, 1, content.subarray(0, 1 * MB));
    last = await part('checked', UploadId, 2, content.subarray(0, 10));
  });

  it.each<[string, () => CompletedPart[], string]>([
    ['out of order', () => [last, first], 'InvalidPartOrder'],
    ['with a part twice', () => [first, first], 'InvalidPartOrder'],
    ['with a part that is not there', () => [first, { PartNumber: 3, ETag: first.ETag }], 'InvalidPart'],
    ['with another ETag', () => [{ ...first, ETag: '"other"' }], 'InvalidPart'],
    ['with another checksum', () => [{ ...first, ChecksumCRC32: 'AAAAAA==' }], 'InvalidPart'],
    ['with a small part before the last', () => [first, last], 'EntityTooSmall'],
    ['without parts', () => [], 'MalformedXML'],
    ['with a part that has no number', () => [{ ETag: first.ETag }], 'MalformedXML'],
  ])('%s is refused, and can be tried again', async (_, parts, name) => {
    await expect(complete('checked', UploadId, parts())).rejects.toMatchObject({ name });
    expect(services.s3.bucket(Bucket).current('checked')).toBeUndefined();
    expect((await s3.send(new ListPartsCommand({ Bucket, Key: 'checked', UploadId }))).Parts).toHaveLength(2);
  });

  it('carries the condition of the write', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'checked', Body: 'there' }));
    await expect(complete('checked', UploadId, [first], { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(complete('checked', UploadId, [first], { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'checked' }));
    await expect(complete('checked', UploadId, [first], { IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  it('is a conflict for good where the object was deleted since the upload began: it has to be made anew', async () => {
    for (let n = 0; n < 2; n++) {
      await expect(complete('checked', UploadId, [first], { IfNoneMatch: '*' })).rejects.toMatchObject({
        name: 'ConditionalRequestConflict',
        $metadata: { httpStatusCode: 409 },
      });
    }
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'checked', UploadId }));
    const anew = await create('checked');
    await complete('checked', anew, [await part('checked', anew, 1, content.subarray(0, 1))], {
      IfNoneMatch: '*',
    });
    await expect(complete('checked', anew, [first])).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

it('gives back the disk when an upload is aborted, and parts that were replaced', async () => {
  const before = new Set(files());
  const UploadId = await create('aborted');
  await part('aborted', UploadId, 1, content.subarray(0, 100));
  await part('aborted', UploadId, 1, content.subarray(0, 200));
  const added = files().filter((file) => !before.has(file));
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId }));
  await expect(part('aborted', UploadId, 2, content.subarray(0, 1))).rejects.toMatchObject({
    name: 'NoSuchUpload',
  });
  while (files().some((file) => added.includes(file))) await new Promise(setImmediate);
});

it('refuses a part that comes in while the upload is aborted', async () => {
  const UploadId = await create('late');
  const bucket = services.s3.bucket(Bucket);
  const upload = bucket.uploads.get(UploadId)!;
  const get = jest.spyOn(bucket.uploads, 'get').mockReturnValueOnce(upload).mockReturnValueOnce(undefined);
  await expect(part('late', UploadId, 1, content.subarray(0, 1))).rejects.toMatchObject({
    name: 'NoSuchUpload',
  });
  get.mockRestore();
});

describe('parts copied from other objects', () => {
  beforeAll(() => s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: content })));
  const copyPart = (UploadId: string, PartNumber: number, more: object): Promise<any> =>
    s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'copied',
        UploadId,
        PartNumber,
        CopySource: `${Bucket}/source`,
        ...more,
      }),
    );

  it('share its bytes and outlive it', async () => {
    const UploadId = await create('copied', { ChecksumAlgorithm: 'CRC32' });
    const one = await copyPart(UploadId, 1, { CopySourceRange: `bytes=0-${6 * MB - 1}` });
    const two = await copyPart(UploadId, 2, { CopySourceRange: `bytes=${6 * MB}-${11 * MB - 1}` });
    expect(one.CopySourceVersionId).toBe(services.s3.bucket(Bucket).current('source')!.versionId);
    await complete('copied', UploadId, [
      { PartNumber: 1, ETag: one.CopyPartResult.ETag },
      { PartNumber: 2, ETag: two.CopyPartResult.ETag },
    ]);
    services.s3.bucket(Bucket).deleteVersion('source', one.CopySourceVersionId);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'copied' }));
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(content)).toBe(true);
  });

  it('must name a range of the source', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }));
    const UploadId = await create('copied');
    await expect(copyPart(UploadId, 1, { CopySourceRange: 'bytes=5-' })).rejects.toThrow(
      'The x-amz-copy-source-range value must be of the form bytes=first-last',
    );
    await expect(copyPart(UploadId, 1, { CopySourceRange: 'bytes=50-60' })).rejects.toMatchObject({
      name: 'InvalidRange',
    });
    await expect(copyPart(UploadId, 1, {})).resolves.toMatchObject({
      CopyPartResult: { ETag: `"${createHash('md5').update('0123456789').digest('hex')}"` },
    });
    await expect(copyPart(UploadId, 10_001, {})).rejects.toThrow(
      'Part number must be an integer between 1 and 10000, inclusive',
    );
  });
});

describe('a listing', () => {
  it('of parts goes page by page', async () => {
    const UploadId = await create('listed', { ChecksumAlgorithm: 'SHA1' });
    for (const PartNumber of [3, 1, 2]) {
      const Body = content.subarray(0, PartNumber);
      await s3.send(
        new UploadPartCommand({
          Bucket,
          Key: 'listed',
          UploadId,
          PartNumber,
          Body,
          ChecksumAlgorithm: 'SHA1',
        }),
      );
    }
    await expect(part('listed', UploadId, 4, content.subarray(0, 1))).rejects.toThrow(
      'Checksum Type mismatch occurred, expected checksum Type: SHA1, actual checksum Type: CRC32',
    );
    const page = await s3.send(new ListPartsCommand({ Bucket, Key: 'listed', UploadId, MaxParts: 2 }));
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', ChecksumAlgorithm: 'SHA1' });
    const rest = await s3.send(
      new ListPartsCommand({ Bucket, Key: 'listed', UploadId, PartNumberMarker: '2' }),
    );
    expect(rest.Parts).toMatchObject([{ PartNumber: 3, Size: 3, ChecksumSHA1: expect.any(String) }]);
    expect(rest.IsTruncated).toBe(false);
  });

  it('of uploads goes page by page, and by prefix', async () => {
    const ids = [];
    for (const Key of ['list/b', 'list/a', 'list/b']) ids.push(await create(Key));
    const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'list/', MaxUploads: 2 }));
    expect(page.IsTruncated).toBe(true);
    const rest = await s3.send(
      new ListMultipartUploadsCommand({
        Bucket,
        Prefix: 'list/',
        KeyMarker: page.NextKeyMarker,
        UploadIdMarker: page.NextUploadIdMarker,
      }),
    );
    const found = [...page.Uploads!, ...rest.Uploads!];
    expect(found.map(({ Key }) => Key)).toEqual(['list/a', 'list/b', 'list/b']);
    expect(new Set(found.map(({ UploadId }) => UploadId))).toEqual(new Set(ids));
    const after = await s3.send(
      new ListMultipartUploadsCommand({ Bucket, Prefix: 'list/', KeyMarker: 'list/a' }),
    );
    expect(after.Uploads).toHaveLength(2);
  });
});

it('knows an upload only for its own key', async () => {
  const UploadId = await create('own');
  await expect(part('other', UploadId, 1, content.subarray(0, 1))).rejects.toMatchObject({
    name: 'NoSuchUpload',
  });
  const refused = await signedFetch(services.endpoint, services.credentials, `/${Bucket}/own`, {
    method: 'PUT',
    query: { partNumber: 'one', uploadId: UploadId },
    body: 'x',
  });
  expect(await refused.text()).toContain('Part number must be an integer');
});
