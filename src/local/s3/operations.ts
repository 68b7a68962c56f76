import { s3Error } from './errors';

/** An operation of the S3 API and how its requests are told from others. */
interface OperationRule {
  readonly name: string;
  readonly method: string;
  readonly level: 'service' | 'bucket' | 'object';
  /** Query parameters that must be there. */
  readonly when?: readonly string[];
  /** A header that must be there. */
  readonly header?: string;
  /** Further query parameters that it knows. */
  readonly query?: readonly string[];
}

const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const RESPONSE_OVERRIDES = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];

/** The more special before the more general: the first that fits is taken. */
const OPERATIONS = [
  { name: 'ListBuckets', method: 'GET', level: 'service' },

  { name: 'GetBucketLocation', method: 'GET', level: 'bucket', when: ['location'] },
  { name: 'GetBucketVersioning', method: 'GET', level: 'bucket', when: ['versioning'] },
  {
    name: 'ListObjectVersions',
    method: 'GET',
    level: 'bucket',
    when: ['versions'],
    query: [...LISTING, 'key-marker', 'version-id-marker'],
  },
  {
    name: 'ListMultipartUploads',
    method: 'GET',
    level: 'bucket',
    when: ['uploads'],
    query: ['prefix', 'max-uploads', 'encoding-type', 'key-marker', 'upload-id-marker'],
  },
  {
    name: 'ListObjectsV2',
    method: 'GET',
    level: 'bucket',
    when: ['list-type'],
    query: [...LISTING, 'continuation-token', 'start-after', 'fetch-owner'],
  },
  { name: 'ListObjects', method: 'GET', level: 'bucket', query: [...LISTING, 'marker'] },
  { name: 'HeadBucket', method: 'HEAD', level: 'bucket' },
  { name: 'PutBucketVersioning', method: 'PUT', level: 'bucket', when: ['versioning'] },
  { name: 'CreateBucket', method: 'PUT', level: 'bucket' },
  { name: 'DeleteBucket', method: 'DELETE', level: 'bucket' },
  { name: 'DeleteObjects', method: 'POST', level: 'bucket', when: ['delete'] },

  { name: 'GetObjectTagging', method: 'GET', level: 'object', when: ['tagging'], query: ['versionId'] },
  { name: 'PutObjectTagging', method: 'PUT', level: 'object', when: ['tagging'], query: ['versionId'] },
  { name: 'DeleteObjectTagging', method: 'DELETE', level: 'object', when: ['tagging'], query: ['versionId'] },
  {
    name: 'ListParts',
    method: 'GET',
    level: 'object',
    when: ['uploadId'],
    query: ['max-parts', 'part-number-marker'],
  },
  {
    name: 'GetObject',
    method: 'GET',
    level: 'object',
    query: ['versionId', 'partNumber', ...RESPONSE_OVERRIDES],
  },
  {
    name: 'HeadObject',
    method: 'HEAD',
    level: 'object',
    query: ['versionId', 'partNumber', ...RESPONSE_OVERRIDES],
  },
  {
    name: 'UploadPartCopy',
    method: 'PUT',
    level: 'object',
    when: ['partNumber', 'uploadId'],
    header: 'x-amz-copy-source',
  },
  { name: 'UploadPart', method: 'PUT', level: 'object', when: ['partNumber', 'uploadId'] },
  { name: 'CopyObject', method: 'PUT', level: 'object', header: 'x-amz-copy-source' },
  { name: 'PutObject', method: 'PUT', level: 'object' },
  { name: 'AbortMultipartUpload', method: 'DELETE', level: 'object', when: ['uploadId'] },
  { name: 'DeleteObject', method: 'DELETE', level: 'object', query: ['versionId'] },
  { name: 'CreateMultipartUpload', method: 'POST', level: 'object', when: ['uploads'] },
  { name: 'CompleteMultipartUpload', method: 'POST', level: 'object', when: ['uploadId'] },
] as const satisfies readonly OperationRule[];

export type S3Operation = (typeof OPERATIONS)[number]['name'];

/** A request as far as it tells which operation it asks for. */
export interface OperationRequest {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** The operation that a request asks for, or undefined where the local run knows none like it. */
export function operationOf(request: OperationRequest): S3Operation | undefined {
  return ruleOf(request)?.name as S3Operation | undefined;
}

/**
 * The operation, with everything in the request known to it.
 *
 * @throws AwsError NotImplemented naming what the local run does not provide
 */
export function checkedOperation(request: OperationRequest): S3Operation {
  const rule = ruleOf(request);
  const queries = [...request.query.keys()];
  if (!rule) {
    const asked = queries.length > 0 ? `?${queries.join('&')}` : '';
    throw notProvided(`the S3 request ${request.method} ${levelOf(request)}${asked}`);
  }
  const known = new Set([...(rule.when ?? []), ...(rule.query ?? [])]);
  const unknown = queries.find((name) => !known.has(name) && !isSigning(name));
  if (unknown !== undefined) {
    throw notProvided(`the parameter '${unknown}' of ${request.method} ${levelOf(request)}`);
  }
  const header = Object.keys(request.headers).find(
    (name) => name.startsWith('x-amz-') && !isKnownHeader(name),
  );
  if (header !== undefined) throw notProvided(`the header '${header}' of ${rule.name}`);
  return rule.name as S3Operation;
}

function ruleOf(request: OperationRequest): OperationRule | undefined {
  const level = levelOf(request);
  const rules: readonly OperationRule[] = OPERATIONS;
  return rules.find(
    (rule) =>
      rule.method === request.method &&
      rule.level === level &&
      (rule.when ?? []).every((name) => request.query.has(name)) &&
      (rule.header === undefined || request.headers[rule.header] !== undefined),
  );
}

function levelOf({ bucket, key }: OperationRequest): OperationRule['level'] {
  return !bucket ? 'service' : !key ? 'bucket' : 'object';
}

/** Part of the signature, or of the SDK's own book-keeping. */
function isSigning(name: string): boolean {
  return (
    name === 'x-id' ||
    /^x-amz-(?:algorithm|credential|date|expires|signature|signedheaders|security-token|content-sha256|checksum-.*|sdk-checksum-algorithm)$/i.test(
      name,
    )
  );
}

const KNOWN_HEADERS = new Set([
  'x-amz-acl',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-expected-bucket-owner',
  'x-amz-metadata-directive',
  'x-amz-mp-object-size',
  'x-amz-request-payer',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-security-token',
  'x-amz-server-side-encryption',
  'x-amz-source-expected-bucket-owner',
  'x-amz-storage-class',
  'x-amz-tagging',
  'x-amz-tagging-directive',
  'x-amz-trailer',
  // The SDK for Java offers to check an MD5 behind the body; an answer without one is as good.
  'x-amz-te',
  'x-amz-user-agent',
]);

function isKnownHeader(name: string): boolean {
  return (
    KNOWN_HEADERS.has(name) ||
    name.startsWith('x-amz-meta-') ||
    name.startsWith('x-amz-checksum-') ||
    /^x-amz-copy-source(-range|-if-match|-if-none-match|-if-modified-since|-if-unmodified-since)?$/.test(name)
  );
}

function notProvided(what: string): Error {
  return s3Error('NotImplemented', `the local run does not provide ${what}`);
}
