import { receiveBody } from './body';
import { writeConditionOf, checkRead } from './conditions';
import { versionCondition, versionHeader, type S3Context } from './context';
import { s3Error } from './errors';
import { attributesOf, checksumHeaders, describingHeaders } from './object-attributes';
import { type StoredObject } from './object-version';
import type { S3Answer, S3Request } from './request';

export async function putObject(s3: S3Context, request: S3Request): Promise<S3Answer> {
  const bucket = s3.bucket(request.bucket);
  const condition = writeConditionOf(request.headers);
  authorizeWrite(s3, request);
  const attributes = attributesOf(request);
  const pending = bucket.beginWrite(request.key, condition);
  const { segment, md5, checksum } = await receiveBody(request, s3.blobs);
  let object: StoredObject;
  try {
    object = bucket.write(
      request.key,
      {
        ...attributes,
        segments: [segment],
        size: segment.length,
        etag: md5,
        checksum,
        parts: undefined,
      },
      pending,
    );
  } catch (error) {
    await s3.blobs.release([segment]);
    throw error;
  }
  s3.events.created(bucket, object, 'ObjectCreated:Put', request.principal);
  return {
    headers: {
      etag: `"${object.etag}"`,
      'x-amz-server-side-encryption': object.headers['x-amz-server-side-encryption'] ?? 'AES256',
      ...checksumHeaders(object),
      ...versionHeader(bucket, object.versionId),
    },
  };
}

/** Headers of a write that policies can ask for. */
const WRITE_CONDITIONS = ['x-amz-acl', 'x-amz-server-side-encryption'];

/** Writes need `s3:PutObject`; with If-Match they read as well, and AWS asks for `s3:GetObject`. */
export function authorizeWrite(s3: S3Context, request: S3Request): void {
  const conditions = Object.fromEntries(
    WRITE_CONDITIONS.flatMap((header) => {
      const value = request.headers[header];
      return value === undefined ? [] : [[`s3:${header}`, value]];
    }),
  );
  s3.authorizeObject(request.principal, 's3:PutObject', request.bucket, request.key, conditions);
  if (request.headers['if-match'] !== undefined) {
    s3.authorizeObject(request.principal, 's3:GetObject', request.bucket, request.key);
  }
  if (request.headers['x-amz-tagging'] !== undefined) {
    s3.authorizeObject(request.principal, 's3:PutObjectTagging', request.bucket, request.key);
  }
  if (request.headers['x-amz-acl'] !== undefined) {
    s3.authorizeObject(request.principal, 's3:PutObjectAcl', request.bucket, request.key);
  }
}

export function getObject(s3: S3Context, request: S3Request): S3Answer {
  const { object, status, headers, start, end } = read(s3, request);
  return { status, headers, body: s3.blobs.read(object.segments, start, end) };
}

export function headObject(s3: S3Context, request: S3Request): S3Answer {
  const { status, headers } = read(s3, request);
  return { status, headers };
}

interface Reading {
  readonly object: StoredObject;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly start: number;
  readonly end: number;
}

function read(s3: S3Context, request: S3Request): Reading {
  const bucket = s3.bucket(request.bucket);
  const versionId = request.query.get('versionId') ?? undefined;
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  s3.authorizeObject(request.principal, action, bucket.name, request.key, versionCondition(versionId));
  const object = s3.readable(request.principal, bucket, request.key, versionId);
  checkRead(object, request.headers);
  const { start, end, partial } = extentOf(object, request);
  const whole = start === 0 && end === object.size;
  const overrides = [...request.query]
    .filter(([name]) => name.startsWith('response-'))
    .map(([name, value]) => [name.slice('response-'.length), value]);
  return {
    object,
    start,
    end,
    status: partial ? 206 : 200,
    headers: {
      ...describingHeaders(object),
      ...Object.fromEntries(overrides),
      ...versionHeader(bucket, object.versionId),
      ...(whole && request.headers['x-amz-checksum-mode'] === 'ENABLED' && checksumHeaders(object)),
      'x-amz-mp-parts-count': request.query.has('partNumber') ? object.parts?.length : undefined,
      'content-length': end - start,
      'content-range': partial ? `bytes ${start}-${end - 1}/${object.size}` : undefined,
    },
  };
}

function extentOf(
  object: StoredObject,
  request: S3Request,
): { start: number; end: number; partial: boolean } {
  const partNumber = request.query.get('partNumber');
  if (partNumber !== null) return extentOfPart(object, Number(partNumber));
  const range = parseRange(request.headers.range, object.size);
  return range ? { ...range, partial: true } : { start: 0, end: object.size, partial: false };
}

function extentOfPart(
  object: StoredObject,
  partNumber: number,
): { start: number; end: number; partial: boolean } {
  const parts = object.parts ?? [{ partNumber: 1, size: object.size }];
  const index = parts.findIndex((part) => part.partNumber === partNumber);
  if (index < 0) throw s3Error('InvalidPartNumber');
  const start = parts.slice(0, index).reduce((sum, part) => sum + part.size, 0);
  return { start, end: start + parts[index].size, partial: true };
}

/** One range of bytes, RFC 9110 section 14; any other form of the header is left out of account, as S3 does. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || match[0] === 'bytes=-') return undefined;
  const [, first, last] = match;
  if (first === '') {
    const length = Math.min(Number(last), size);
    if (length === 0) throw s3Error('InvalidRange');
    return { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) {
    throw s3Error('InvalidRange', undefined, { RangeRequested: header, ActualObjectSize: size });
  }
  return { start, end };
}
