import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  ChecksumAlgorithm,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import * as fc from 'fast-check';
import { startLocalServices, type LocalServices } from '../local-services';
import { presign, signedFetch } from '../signed-fetch';

const Bucket = 'objects';
let services: LocalServices;
let s3: S3Client;
beforeAll(async () => {
  services = await startLocalServices();
  services.s3.createBucket(Bucket, { versioning: 'Enabled' });
  s3 = new S3Client({ ...services.clientConfig, maxAttempts: 1 });
});
afterAll(() => services.stop());

async function body(Key: string, more: object = {}): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Body!.transformToString();
}

const put = (
  path: string,
  headers: Record<string, string>,
  content: string | Uint8Array = 'content',
): Promise<Response> =>
  signedFetch(services.endpoint, services.credentials, `/${Bucket}/${path}`, {
    method: 'PUT',
    headers,
    body: content,
  });

it('gives back bytes, type, metadata and the ETag of the bytes', async () => {
  const { ETag, VersionId } = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'told',
      Body: 'a,b\n1,2\n',
      ContentType: 'text/csv',
      ContentEncoding: 'identity',
      CacheControl: 'no-store',
      Metadata: { 'Source-Key': 'raw/a.csv' },
      Tagging: 'team=data&empty=',
    }),
  );
  expect(ETag).toBe(`"${createHash('md5').update('a,b\n1,2\n').digest('hex')}"`);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'told' }));
  expect(await got.Body!.transformToString()).toBe('a,b\n1,2\n');
  expect(got).toMatchObject({
    ETag,
    VersionId,
    ContentLength: 8,
    ContentType: 'text/csv',
    ContentEncoding: 'identity',
    CacheControl: 'no-store',
    Metadata: { 'source-key': 'raw/a.csv' },
    TagCount: 2,
    ServerSideEncryption: 'AES256',
  });
});

it('lets the reader choose the headers of the answer', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'chosen', Body: 'x' }));
  const got = await s3.send(
    new GetObjectCommand({
      Bucket,
      Key: 'chosen',
      ResponseContentType: 'text/plain',
      ResponseCacheControl: 'private',
    }),
  );
  expect(got).toMatchObject({ ContentType: 'text/plain', CacheControl: 'private' });
  await got.Body!.transformToString();
});

it('brings back any key', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({
        unit: fc.constantFrom(...' +%(1)&=?#é日😀~\'"<>*!;:@$,_-aZ/'),
        minLength: 1,
        maxLength: 30,
      }),
      async (name) => {
        const Key = `any/${name}`;
        fc.pre(!/\/\.{0,2}(\/|$)/.test(Key) || Key.endsWith('/'));
        await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
        expect(await body(Key)).toBe(Key);
        expect(services.s3.bucket(Bucket).current(Key)).toMatchObject({ key: Key });
      },
    ),
    { numRuns: 60 },
  );
});

it('gives nothing of an empty object, and no range of it', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: new Uint8Array() }));
  expect(await body('empty')).toBe('');
  await expect(body('empty', { Range: 'bytes=0-' })).rejects.toMatchObject({ name: 'InvalidRange' });
});

describe('a range', () => {
  beforeAll(() => s3.send(new PutObjectCommand({ Bucket, Key: 'range', Body: '0123456789' })));

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-30', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
  ])('%s gives %s', async (Range, expected, ContentRange) => {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range }));
    expect(got).toMatchObject({ ContentRange, ContentLength: expected.length });
    expect(await got.Body!.transformToString()).toBe(expected);
  });

  it.each(['bytes=-', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=5-2'])(
    '%s is left out of account',
    async (Range) => {
      expect(await body('range', { Range })).toBe('0123456789');
    },
  );

  it.each(['bytes=10-', 'bytes=-0'])('%s is refused', async (Range) => {
    await expect(body('range', { Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      message: 'The requested range is not satisfiable',
    });
  });
});

describe('a read with a condition', () => {
  let etag: string;
  beforeAll(async () => {
    etag = (await s3.send(new PutObjectCommand({ Bucket, Key: 'read', Body: 'x' }))).ETag!;
  });
  const hour = 3_600_000;

  it('is given where the condition holds', async () => {
    await expect(body('read', { IfMatch: etag })).resolves.toBe('x');
    await expect(body('read', { IfMatch: '*' })).resolves.toBe('x');
    await expect(body('read', { IfNoneMatch: '"other"' })).resolves.toBe('x');
    await expect(body('read', { IfModifiedSince: new Date(Date.now() - hour) })).resolves.toBe('x');
    await expect(body('read', { IfUnmodifiedSince: new Date(Date.now() + hour) })).resolves.toBe('x');
    // RFC 9110 section 13.2.2: ETags come before dates.
    const past = new Date(Date.now() - hour);
    await expect(body('read', { IfMatch: etag, IfUnmodifiedSince: past })).resolves.toBe('x');
  });

  it('is refused with 412 or 304 where it does not', async () => {
    await expect(body('read', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(body('read', { IfUnmodifiedSince: new Date(Date.now() - hour) })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    const unchanged = { $metadata: expect.objectContaining({ httpStatusCode: 304 }) };
    await expect(body('read', { IfNoneMatch: etag })).rejects.toMatchObject(unchanged);
    await expect(body('read', { IfModifiedSince: new Date(Date.now() + hour) })).rejects.toMatchObject(
      unchanged,
    );
    await expect(
      s3.send(new HeadObjectCommand({ Bucket, Key: 'read', IfMatch: '"other"' })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  });
});

/** Checksums of `123456789` as the catalogue of CRC algorithms gives them. */
const CHECK_VALUES: Readonly<Record<string, string>> = {
  CRC32: 'y/Q5Jg==',
  CRC32C: '4waSgw==',
  CRC64NVME: 'rosUhgp5mIg=',
};

describe('checksums', () => {
  const provided = Object.values(ChecksumAlgorithm).filter((name) => !name.startsWith('XXHASH'));

  it.each(provided)('%s is verified and told', async (algorithm) => {
    const member = `Checksum${algorithm}` as const;
    const value = CHECK_VALUES[algorithm] ?? createHash(algorithm).update('123456789').digest('base64');
    const header = { [`x-amz-checksum-${algorithm.toLowerCase()}`]: value };
    expect((await put(`sum-${algorithm}`, header, '123456789')).status).toBe(200);
    const head = await s3.send(
      new HeadObjectCommand({ Bucket, Key: `sum-${algorithm}`, ChecksumMode: 'ENABLED' }),
    );
    expect(head).toMatchObject({ [member]: value, ChecksumType: 'FULL_OBJECT' });

    const refused = await put(`bad-${algorithm}`, header, '12345678');
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(`The ${algorithm} you specified did not match`);
  });

  it('that nobody here computes are refused by name', async () => {
    const refused = await put('xx', { 'x-amz-checksum-xxhash64': 'AAAA' });
    expect(refused.status).toBe(501);
    expect(await refused.text()).toContain('does not provide the checksum algorithm XXHASH64');
  });

  it('come as trailers of streamed uploads', async () => {
    const content = randomBytes(300_000);
    const stream = Readable.from([content.subarray(0, 70_000), content.subarray(70_000)]);
    await new Upload({
      client: s3,
      params: { Bucket, Key: 'streamed', Body: stream, ChecksumAlgorithm: 'SHA256' },
    }).done();
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed', ChecksumMode: 'ENABLED' }));
    expect(got.ChecksumSHA256).toBe(createHash('sha256').update(content).digest('base64'));
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(content)).toBe(true);
    expect(got.ContentEncoding).toBeUndefined();
  });

  it('are computed where the client names only the algorithm', async () => {
    expect((await put('named', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, '123456789')).status).toBe(200);
    expect(services.s3.bucket(Bucket).current('named')!.checksum).toMatchObject({ value: 'y/Q5Jg==' });
  });

  it('in Content-MD5 are verified', async () => {
    const md5 = createHash('md5').update('content').digest('base64');
    expect((await put('md5', { 'content-md5': md5 })).status).toBe(200);
    expect(await (await put('md5', { 'content-md5': md5 }, 'other')).text()).toContain(
      '<Code>BadDigest</Code>',
    );
    expect(await (await put('md5', { 'content-md5': 'AAAA' })).text()).toContain(
      '<Code>InvalidDigest</Code>',
    );
  });

  it('of the signed payload are verified', async () => {
    const refused = await put('signed', { 'x-amz-content-sha256': '0'.repeat(64) });
    expect(await refused.text()).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
    expect(services.s3.bucket(Bucket).current('signed')).toBeUndefined();
  });
});

describe('an aws-chunked body', () => {
  const chunked = (content: string, more: Record<string, string> = {}): Promise<Response> =>
    put(
      'chunked',
      {
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'content-encoding': 'aws-chunked,gzip',
        'x-amz-decoded-content-length': '9',
        ...more,
      },
      content,
    );
  const trailer = { 'x-amz-trailer': 'x-amz-checksum-crc32' };

  it('is stored without its framing', async () => {
    const ok = await chunked(
      '4\r\n1234\r\n5;chunk-signature=ab\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n',
      trailer,
    );
    expect(ok.status).toBe(200);
    expect(await body('chunked')).toBe('123456789');
    expect(services.s3.bucket(Bucket).current('chunked')!.headers['content-encoding']).toBe('gzip');
  });

  it('may end without the empty line', async () => {
    expect((await chunked('9\r\n123456789\r\n0\r\n')).status).toBe(200);
    expect((await chunked('9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==', trailer)).status).toBe(200);
  });

  it.each([
    ['a wrong checksum', '9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', 'BadDigest'],
    ['no trailer', '9\r\n123456789\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a size that is none', 'nine\r\n123456789\r\n0\r\n\r\n', 'IncompleteBody'],
    ['a chunk that is longer', '4\r\n123456789\r\n0\r\n\r\n', 'IncompleteBody'],
    ['a chunk that is cut off', '9\r\n1234', 'IncompleteBody'],
    ['a header that is cut off', '9', 'IncompleteBody'],
    ['no end', '9\r\n123456789\r\n', 'IncompleteBody'],
    [
      'fewer bytes than announced',
      '4\r\n1234\r\n0\r\nx-amz-checksum-crc32:m+Phbw==\r\n\r\n',
      'IncompleteBody',
    ],
    ['a line without end', 'a'.repeat(20_000), 'IncompleteBody'],
  ])('with %s is refused', async (_, content, code) => {
    const refused = await chunked(content, trailer);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(`<Code>${code}</Code>`);
  });
});

it('keeps nothing of an upload that breaks off', async () => {
  const url = new URL(services.endpoint);
  const files = (): string[] => readdirSync(join(services.dataDir, 's3'));
  const before = files().length;
  const presigned = new URL(
    await presign(services.endpoint, services.credentials, '/objects/broken', { method: 'PUT' }),
  );
  const socket = connect(Number(url.port), '127.0.0.1');
  socket.write(
    `PUT ${presigned.pathname}${presigned.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 1000\r\n\r\nhalf`,
  );
  while (!files().some((file) => file.endsWith('.partial'))) await new Promise(setImmediate);
  socket.destroy();
  await services.journal.waitFor((entry) => entry.kind === 'request' && entry.status === 499);
  while (files().length !== before) await new Promise(setImmediate);
  expect(services.s3.bucket(Bucket).current('broken')).toBeUndefined();
});

describe('tags', () => {
  it('can be read, replaced and taken away without a new version', async () => {
    const { VersionId } = await s3.send(
      new PutObjectCommand({ Bucket, Key: 'tags', Body: 'x', Tagging: 'a=1' }),
    );
    const tags = async (): Promise<object> =>
      (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'tags' }))).TagSet!;
    expect(await tags()).toEqual([{ Key: 'a', Value: '1' }]);
    const TagSet = [{ Key: 'b', Value: 'two & more' }];
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tags', VersionId, Tagging: { TagSet } }));
    expect(await tags()).toEqual(TagSet);
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tags' }));
    expect(await tags()).toEqual([]);
    expect(services.s3.bucket(Bucket).history('tags')).toHaveLength(1);
  });

  it('are ten at most, each key once', async () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ Key: String(index), Value: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: 'x' }));
    const tag = (TagSet: { Key: string; Value: string }[]): Promise<unknown> =>
      s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet } }));
    await expect(tag(many)).rejects.toThrow('Object tags cannot be greater than 10');
    await expect(tag([many[0], many[0]])).rejects.toThrow('Cannot provide multiple Tags with the same key');
    await expect(tag([{ Key: '', Value: 'x' }])).rejects.toMatchObject({ name: 'MalformedXML' });
  });
});

describe('a write that S3 would refuse', () => {
  it.each<[Record<string, string>, number, string]>([
    [{ 'x-amz-acl': 'public-read' }, 400, 'AccessControlListNotSupported'],
    [
      { 'x-amz-object-lock-mode': 'GOVERNANCE' },
      501,
      "does not provide the header 'x-amz-object-lock-mode' of PutObject",
    ],
    [
      { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
      501,
      "the header 'x-amz-server-side-encryption-customer-algorithm'",
    ],
  ])('%j is refused', async (headers, status, message) => {
    const refused = await put('refused', headers);
    expect(refused.status).toBe(status);
    expect(await refused.text()).toContain(message);
  });

  it('takes the private ACL, which is what it has anyway', async () => {
    expect((await put('private', { 'x-amz-acl': 'private' })).status).toBe(200);
  });

  it('leaves out what the SDK for Java only offers', async () => {
    expect((await put('offered', { 'x-amz-te': 'append-md5' })).status).toBe(200);
  });

  it('has 2 KB of metadata at most', async () => {
    const refused = await put('refused', { 'x-amz-meta-big': 'x'.repeat(3000) });
    expect(await refused.text()).toContain('<Code>MetadataTooLarge</Code>');
  });

  it('has a length', async () => {
    const url = await presign(services.endpoint, services.credentials, '/objects/none', { method: 'PUT' });
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('x')),
      pull: (controller) => controller.close(),
    });
    const refused = await fetch(url, { method: 'PUT', body: stream, duplex: 'half' } as RequestInit);
    expect(refused.status).toBe(411);
  });

  it('has at most 5 GiB', async () => {
    const refused = await put('huge', {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': String(5 * 1024 ** 3 + 1),
    });
    expect(await refused.text()).toContain('<Code>EntityTooLarge</Code>');
  });

  it('has a key of 1,024 bytes at most', async () => {
    expect(await (await put('k'.repeat(1025), {})).text()).toContain('<Code>KeyTooLongError</Code>');
  });
});
