import { checksumHeader } from './checksums';
import { s3Error } from './errors';
import type { UploadAttributes } from './multipart-upload';
import type { StoredObject } from './object-version';
import type { S3Request } from './request';

/** Standard headers that S3 keeps with an object. */
const KEPT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
  'x-amz-storage-class',
  'x-amz-server-side-encryption',
];

const META = 'x-amz-meta-';
/** Names and values of the user metadata together. */
const MAX_METADATA_BYTES = 2048;
const MAX_TAGS = 10;

/** Headers, metadata and tags that a request gives an object. */
export function attributesOf(request: S3Request): UploadAttributes {
  return {
    headers: { 'content-type': 'application/octet-stream', ...keptHeaders(request) },
    metadata: metadataOf(request),
    tags: tagsOf(request.headers['x-amz-tagging']),
  };
}

/** Tags as a query string, which is how the header carries them. */
export function tagsOf(header: string | undefined): Record<string, string> {
  return checkTags([...new URLSearchParams(header)]);
}

/** @throws AwsError InvalidTag */
export function checkTags(tags: readonly (readonly [string, string])[]): Record<string, string> {
  if (tags.length > MAX_TAGS) throw s3Error('InvalidTag', `Object tags cannot be greater than ${MAX_TAGS}`);
  const checked = Object.fromEntries(tags);
  if (Object.keys(checked).length < tags.length) {
    throw s3Error('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  return checked;
}

/** Headers by which an object is described in the answers to GET and HEAD. */
export function describingHeaders(object: StoredObject): Record<string, string | number | undefined> {
  const tags = Object.keys(object.tags).length;
  return {
    ...object.headers,
    'x-amz-storage-class': undefined,
    'x-amz-server-side-encryption': object.headers['x-amz-server-side-encryption'] ?? 'AES256',
    'accept-ranges': 'bytes',
    etag: `"${object.etag}"`,
    'last-modified': object.lastModified.toUTCString(),
    'x-amz-tagging-count': tags > 0 ? tags : undefined,
    ...Object.fromEntries(Object.entries(object.metadata).map(([name, value]) => [META + name, value])),
  };
}

/** The checksum of an object as headers, which readers get who ask for it. */
export function checksumHeaders(object: Pick<StoredObject, 'checksum'>): Record<string, string> {
  const { checksum } = object;
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

function keptHeaders({ headers }: S3Request): Record<string, string> {
  const acl = headers['x-amz-acl'];
  if (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') {
    throw s3Error('AccessControlListNotSupported');
  }
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  const encoding = (kept['content-encoding'] ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '' && token !== 'aws-chunked');
  delete kept['content-encoding'];
  return encoding.length > 0 ? { ...kept, 'content-encoding': encoding.join(',') } : kept;
}

function metadataOf({ headers }: S3Request): Record<string, string> {
  const metadata: Record<string, string> = {};
  let bytes = 0;
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(META) || value === undefined) continue;
    const name = header.slice(META.length);
    metadata[name] = value;
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  if (bytes > MAX_METADATA_BYTES) throw s3Error('MetadataTooLarge');
  return metadata;
}
