import { createHash } from 'node:crypto';
import type { Principal } from '../services';
import type { Segment } from './blob-store';
import type { Bucket } from './bucket';
import {
  CHECKSUM_ALGORITHMS,
  checksumAlgorithm,
  checksumElement,
  type Checksum,
  type ChecksumAlgorithm,
} from './checksums';
import { checkRead, writeConditionOf } from './conditions';
import { versionCondition, versionHeader, type S3Context } from './context';
import { s3Error } from './errors';
import type { UploadAttributes } from './multipart-upload';
import { attributesOf, tagsOf } from './object-attributes';
import { authorizeWrite, parseRange } from './object-operations';
import type { ObjectContent, StoredObject } from './object-version';
import { copySourceOf, type S3Answer, type S3Request } from './request';
import { element, type XmlElement } from './xml';

/** Largest object that one CopyObject copies: 5 GiB. */
const MAX_COPY_BYTES = 5 * 1024 ** 3;

export async function copyObject(s3: S3Context, request: S3Request): Promise<S3Answer> {
  const bucket = s3.bucket(request.bucket);
  authorizeWrite(s3, request);
  const pending = bucket.beginWrite(request.key, writeConditionOf(request.headers));
  const source = copySource(s3, request);
  const { object: original } = source;
  if (original.size > MAX_COPY_BYTES) {
    throw s3Error(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_COPY_BYTES}`,
    );
  }
  const attributes = copiedAttributes(request, original);
  authorizeTags(s3, request, original);
  if (
    source.bucket === bucket &&
    original.key === request.key &&
    request.headers['x-amz-copy-source']!.indexOf('versionId') < 0 &&
    request.headers['x-amz-metadata-directive'] !== 'REPLACE'
  ) {
    throw s3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  s3.blobs.retain(original.segments);
  let copy: StoredObject;
  try {
    const content: ObjectContent = {
      ...attributes,
      ...(await copiedContent(s3, request, original)),
      segments: original.segments,
      size: original.size,
      parts: undefined,
    };
    copy = bucket.write(request.key, content, pending);
  } catch (error) {
    await s3.blobs.release(original.segments);
    throw error;
  }
  s3.events.created(bucket, copy, 'ObjectCreated:Copy', request.principal);
  return {
    headers: { ...versionHeader(bucket, copy.versionId), ...sourceHeader(source.bucket, original) },
    body: copyResult('CopyObjectResult', copy.etag, copy.lastModified, copy.checksum),
  };
}

/** What a range of another object gives as a part, with its bytes held once more. */
export interface CopiedPart {
  readonly segments: readonly Segment[];
  readonly size: number;
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Reads the range of the source for the digests only: the bytes are shared, not copied. */
export async function copyPart(
  s3: S3Context,
  request: S3Request,
  algorithm: ChecksumAlgorithm | undefined,
  slice: (segments: readonly Segment[], start: number, end: number) => Segment[],
): Promise<CopiedPart> {
  const { bucket, object } = copySource(s3, request);
  const header = request.headers['x-amz-copy-source-range'];
  const range = parseRange(header, object.size);
  if (header !== undefined && (!range || !/^bytes=\d+-\d+$/.test(header))) {
    throw s3Error(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last',
    );
  }
  const { start, end } = range ?? { start: 0, end: object.size };
  const segments = slice(object.segments, start, end);
  s3.blobs.retain(segments);
  try {
    const digests = await digest(s3, segments, end - start, algorithm);
    return { segments, size: end - start, ...digests, headers: sourceHeader(bucket, object) };
  } catch (error) {
    await s3.blobs.release(segments);
    throw error;
  }
}

/** Answer of both kinds of copy. */
export function copyResult(
  name: string,
  etag: string,
  lastModified: Date,
  checksum: Checksum | undefined,
): XmlElement {
  return element(name, [
    element('LastModified', lastModified),
    element('ETag', `"${etag}"`),
    checksum && element(checksumElement(checksum.algorithm), checksum.value),
    checksum && element('ChecksumType', checksum.type),
  ]);
}

/** The source, with the rights and conditions of the request checked. */
function copySource(s3: S3Context, request: S3Request): { bucket: Bucket; object: StoredObject } {
  const { bucket: name, key, versionId } = copySourceOf(request);
  const bucket = s3.bucket(name);
  const principal: Principal = request.principal;
  const version = versionId === undefined ? '' : 'Version';
  const conditions = versionCondition(versionId);
  s3.authorizeObject(principal, `s3:GetObject${version}`, name, key, conditions);
  const object = s3.readable(principal, bucket, key, versionId);
  checkRead(object, request.headers, 'x-amz-copy-source-');
  return { bucket, object };
}

/** Tags that are copied along are read and written, which takes rights of their own. */
function authorizeTags(s3: S3Context, request: S3Request, { tags }: StoredObject): void {
  if (Object.keys(tags).length === 0 || directive(request, 'x-amz-tagging-directive') === 'REPLACE') return;
  const { bucket, key, versionId } = copySourceOf(request);
  const version = versionId === undefined ? '' : 'Version';
  s3.authorizeObject(
    request.principal,
    `s3:GetObject${version}Tagging`,
    bucket,
    key,
    versionCondition(versionId),
  );
  s3.authorizeObject(request.principal, 's3:PutObjectTagging', request.bucket, request.key);
}

function sourceHeader(bucket: Bucket, object: StoredObject): Record<string, string | undefined> {
  return { 'x-amz-copy-source-version-id': versionHeader(bucket, object.versionId)['x-amz-version-id'] };
}

function copiedAttributes(request: S3Request, original: StoredObject): UploadAttributes {
  const given = attributesOf(request);
  const replaced = directive(request, 'x-amz-metadata-directive') === 'REPLACE';
  const newTags = directive(request, 'x-amz-tagging-directive') === 'REPLACE';
  const encryption = request.headers['x-amz-server-side-encryption'];
  return {
    headers: replaced
      ? given.headers
      : {
          ...original.headers,
          ...(encryption !== undefined && { 'x-amz-server-side-encryption': encryption }),
        },
    metadata: replaced ? given.metadata : original.metadata,
    tags: newTags ? tagsOf(request.headers['x-amz-tagging']) : original.tags,
  };
}

function directive(request: S3Request, header: string): 'COPY' | 'REPLACE' {
  const value = request.headers[header] ?? 'COPY';
  if (value !== 'COPY' && value !== 'REPLACE') {
    throw s3Error('InvalidArgument', `Unknown directive '${value}' in ${header}: it is COPY or REPLACE`);
  }
  return value;
}

/** A copy has the MD5 of its bytes as ETag, also where the source was uploaded in parts. */
async function copiedContent(
  s3: S3Context,
  request: S3Request,
  original: StoredObject,
): Promise<Pick<ObjectContent, 'etag' | 'checksum'>> {
  const asked = request.headers['x-amz-checksum-algorithm'];
  const algorithm = asked === undefined ? original.checksum?.algorithm : checksumAlgorithm(asked);
  const { checksum, etag } = original;
  if (!etag.includes('-') && checksum?.algorithm === algorithm) return { etag, checksum };
  return digest(s3, original.segments, original.size, algorithm);
}

async function digest(
  s3: S3Context,
  segments: readonly Segment[],
  size: number,
  algorithm: ChecksumAlgorithm | undefined,
): Promise<Pick<ObjectContent, 'etag' | 'checksum'>> {
  const md5 = createHash('md5');
  const sum = algorithm && CHECKSUM_ALGORITHMS[algorithm]();
  for await (const chunk of s3.blobs.read(segments, 0, size)) {
    md5.update(chunk as Uint8Array);
    sum?.update(chunk as Uint8Array);
  }
  return {
    etag: md5.digest('hex'),
    checksum: algorithm && sum && { algorithm, value: sum.digest().toString('base64'), type: 'FULL_OBJECT' },
  };
}
