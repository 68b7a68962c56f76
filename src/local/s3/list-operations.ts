import type { S3Context } from './context';
import { s3Error } from './errors';
import { listPage, type Page } from './listing';
import type { ObjectVersion, StoredObject } from './object-version';
import type { S3Answer, S3Request } from './request';
import { LOCAL_ACCOUNT } from '../services';
import { element, optional, type XmlElement } from './xml';

/** Prefix of an opaque token, so that a token made up by a client is seen as one. */
const TOKEN = 'v1:';

export function listObjectsV2(s3: S3Context, request: S3Request): S3Answer {
  const { query } = request;
  if (query.get('list-type') !== '2') throw s3Error('InvalidArgument', 'list-type must be 2');
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : decodeToken(token);
  const list = listing(s3, request, after);
  const owner = query.get('fetch-owner') === 'true';
  return {
    body: element('ListBucketResult', [
      ...list.head,
      element('KeyCount', list.page.entries.length + list.page.prefixes.length),
      optional('ContinuationToken', token ?? undefined),
      optional('NextContinuationToken', list.page.next && encodeToken(list.page.next)),
      optional('StartAfter', query.get('start-after') ?? undefined),
      ...list.page.entries.map((object) => contents(object, list.encode, owner)),
      ...list.prefixes,
    ]),
  };
}

export function listObjects(s3: S3Context, request: S3Request): S3Answer {
  const marker = request.query.get('marker') ?? '';
  const list = listing(s3, request, marker);
  const next = request.query.get('delimiter') ? list.page.next : undefined;
  return {
    body: element('ListBucketResult', [
      ...list.head,
      element('Marker', list.encode(marker)),
      optional('NextMarker', next && list.encode(next)),
      ...list.page.entries.map((object) => contents(object, list.encode, true)),
      ...list.prefixes,
    ]),
  };
}

export function listObjectVersions(s3: S3Context, request: S3Request): S3Answer {
  const bucket = s3.bucket(request.bucket);
  const { query, principal } = request;
  const { prefix, delimiter, maxKeys, encode, conditions } = parametersOf(query);
  s3.authorizeBucket(principal, 's3:ListBucketVersions', bucket.name, conditions);
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  const versions = bucket.keys().flatMap((key) => [...bucket.history(key)].reverse());
  const position = versionMarker
    ? versions.findIndex((version) => version.key === keyMarker && version.versionId === versionMarker) + 1
    : 0;
  const rest = versions.slice(position);
  const page = listPage(rest, { prefix, delimiter, maxKeys, after: versionMarker ? '' : keyMarker });
  const lastVersion = page.entries.at(-1);
  const stoppedAtVersion = page.next !== undefined && lastVersion?.key === page.next;
  return {
    body: element('ListVersionsResult', [
      element('Name', bucket.name),
      element('Prefix', encode(prefix)),
      element('KeyMarker', encode(keyMarker)),
      element('VersionIdMarker', versionMarker),
      optional('NextKeyMarker', page.next && encode(page.next)),
      optional('NextVersionIdMarker', stoppedAtVersion ? lastVersion.versionId : undefined),
      element('MaxKeys', maxKeys),
      optional('Delimiter', delimiter || undefined),
      optional('EncodingType', query.get('encoding-type') ?? undefined),
      element('IsTruncated', page.next !== undefined),
      ...page.entries.map((version) =>
        versionElement(version, version === bucket.newest(version.key), encode),
      ),
      ...page.prefixes.map((common) => element('CommonPrefixes', [element('Prefix', encode(common))])),
    ]),
  };
}

interface Listing {
  readonly page: Page<StoredObject>;
  readonly encode: (text: string) => string;
  readonly head: readonly (XmlElement | undefined)[];
  readonly prefixes: readonly XmlElement[];
}

/** What both versions of ListObjects share. */
function listing(s3: S3Context, { bucket: name, query, principal }: S3Request, after: string): Listing {
  const bucket = s3.bucket(name);
  const { prefix, delimiter, maxKeys, encode, conditions } = parametersOf(query);
  s3.authorizeBucket(principal, 's3:ListBucket', name, conditions);
  const objects = bucket
    .keys()
    .map((key) => bucket.current(key))
    .filter((object) => object !== undefined);
  const page = listPage(objects, { prefix, delimiter, maxKeys, after });
  return {
    page,
    encode,
    head: [
      element('Name', name),
      element('Prefix', encode(prefix)),
      element('MaxKeys', maxKeys),
      optional('Delimiter', delimiter ? encode(delimiter) : undefined),
      optional('EncodingType', query.get('encoding-type') ?? undefined),
      element('IsTruncated', page.next !== undefined),
    ],
    prefixes: page.prefixes.map((common) => element('CommonPrefixes', [element('Prefix', encode(common))])),
  };
}

function parametersOf(query: URLSearchParams): {
  prefix: string;
  delimiter: string;
  maxKeys: number;
  encode: (text: string) => string;
  conditions: Readonly<Record<string, string>>;
} {
  const asked = query.get('max-keys');
  const maxKeys = Number(asked ?? 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw s3Error('InvalidArgument', `Provided max-keys not an integer or within integer range: '${asked}'`);
  }
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url') {
    throw s3Error('InvalidArgument', `Invalid Encoding Method specified in Request: '${encoding}'`);
  }
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  return {
    prefix,
    delimiter,
    maxKeys: Math.min(maxKeys, 1000),
    encode: encoding === 'url' ? encodeKey : (key) => key,
    conditions: { 's3:prefix': prefix, 's3:delimiter': delimiter, 's3:max-keys': String(maxKeys) },
  };
}

/** As `encoding-type=url` encodes: slashes stay. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replace(/%2F/g, '/').replace(/%20/g, '+');
}

function contents(object: StoredObject, encode: (text: string) => string, owner: boolean): XmlElement {
  return element('Contents', [
    element('Key', encode(object.key)),
    element('LastModified', object.lastModified),
    element('ETag', `"${object.etag}"`),
    object.checksum && element('ChecksumAlgorithm', object.checksum.algorithm),
    object.checksum && element('ChecksumType', object.checksum.type),
    element('Size', object.size),
    element('StorageClass', object.headers['x-amz-storage-class'] ?? 'STANDARD'),
    owner ? element('Owner', [element('ID', LOCAL_ACCOUNT)]) : undefined,
  ]);
}

function versionElement(
  version: ObjectVersion,
  latest: boolean,
  encode: (text: string) => string,
): XmlElement {
  const common = [
    element('Key', encode(version.key)),
    element('VersionId', version.versionId),
    element('IsLatest', latest),
    element('LastModified', version.lastModified),
    element('Owner', [element('ID', LOCAL_ACCOUNT)]),
  ];
  if (version.kind === 'delete-marker') return element('DeleteMarker', common);
  return element('Version', [
    ...common,
    element('ETag', `"${version.etag}"`),
    element('Size', version.size),
    element('StorageClass', version.headers['x-amz-storage-class'] ?? 'STANDARD'),
  ]);
}

function encodeToken(next: string): string {
  return Buffer.from(TOKEN + next).toString('base64url');
}

function decodeToken(token: string): string {
  const decoded = Buffer.from(token, 'base64url').toString();
  if (!decoded.startsWith(TOKEN)) {
    throw s3Error('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return decoded.slice(TOKEN.length);
}
