import { slice } from './blob-store';
import { receiveBody } from './body';
import {
  checksumAlgorithm,
  checksumElement,
  checksumHeader,
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
} from './checksums';
import { writeConditionOf } from './conditions';
import { versionHeader, type S3Context } from './context';
import { copyPart, copyResult } from './copy-operations';
import { s3Error } from './errors';
import { MAX_PARTS, MultipartUpload, type PartReference, type UploadedPart } from './multipart-upload';
import { attributesOf } from './object-attributes';
import { authorizeWrite } from './object-operations';
import type { StoredObject } from './object-version';
import { readText, type S3Answer, type S3Request } from './request';
import { children, element, optional, parseXml, text, type XmlDocument } from './xml';

export function createMultipartUpload(s3: S3Context, request: S3Request): S3Answer {
  const bucket = s3.bucket(request.bucket);
  authorizeWrite(s3, request);
  const asked = request.headers['x-amz-checksum-algorithm'];
  const algorithm = asked === undefined ? undefined : checksumAlgorithm(asked);
  const type =
    request.headers['x-amz-checksum-type'] ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if (type !== 'FULL_OBJECT' && type !== 'COMPOSITE') {
    throw s3Error('InvalidRequest', `Value for x-amz-checksum-type header is invalid: '${type}'`);
  }
  const upload = new MultipartUpload(
    request.key,
    attributesOf(request),
    algorithm,
    type,
    s3.blobs,
    bucket.deletionsOf(request.key),
  );
  bucket.uploads.set(upload.uploadId, upload);
  return {
    headers: {
      'x-amz-checksum-algorithm': algorithm,
      'x-amz-checksum-type': algorithm && type,
      'x-amz-server-side-encryption': 'AES256',
    },
    body: element('InitiateMultipartUploadResult', [
      element('Bucket', bucket.name),
      element('Key', request.key),
      element('UploadId', upload.uploadId),
    ]),
  };
}

export async function uploadPart(s3: S3Context, request: S3Request): Promise<S3Answer> {
  const bucket = s3.bucket(request.bucket);
  authorizeWrite(s3, request);
  const { upload, partNumber } = partOf(s3, request);
  const { segment, md5, checksum } = await receiveBody(request, s3.blobs, upload.checksumAlgorithm);
  if (upload.checksumAlgorithm && checksum?.algorithm !== upload.checksumAlgorithm) {
    await s3.blobs.release([segment]);
    throw s3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksumAlgorithm}, actual checksum Type: ${checksum?.algorithm}`,
    );
  }
  // The upload may have been completed or aborted while the bytes came in.
  if (bucket.uploads.get(upload.uploadId) !== upload) {
    await s3.blobs.release([segment]);
    throw s3Error('NoSuchUpload', undefined, { UploadId: upload.uploadId });
  }
  upload.put({
    partNumber,
    segments: [segment],
    size: segment.length,
    etag: md5,
    checksum,
    lastModified: new Date(),
  });
  return {
    headers: { etag: `"${md5}"`, ...(checksum && { [checksumHeader(checksum.algorithm)]: checksum.value }) },
  };
}

export async function uploadPartCopy(s3: S3Context, request: S3Request): Promise<S3Answer> {
  authorizeWrite(s3, request);
  const { upload, partNumber } = partOf(s3, request);
  const { headers, ...part } = await copyPart(s3, request, upload.checksumAlgorithm, slice);
  const lastModified = new Date();
  upload.put({ ...part, partNumber, lastModified });
  return { headers, body: copyResult('CopyPartResult', part.etag, lastModified, part.checksum) };
}

export async function completeMultipartUpload(s3: S3Context, request: S3Request): Promise<S3Answer> {
  const bucket = s3.bucket(request.bucket);
  authorizeWrite(s3, request);
  const uploadId = request.query.get('uploadId')!;
  const upload = bucket.upload(request.key, uploadId);
  // A conflict stays one for this upload, however often it is completed: it has to be made anew.
  const pending = {
    condition: writeConditionOf(request.headers),
    deletionsBefore: upload.deletionsBefore,
  };
  const document = parseXml(await readText(request), 'CompleteMultipartUpload', ['Part']);
  const content = await upload.assemble(children(document, 'Part').map(partReference));
  let object: StoredObject;
  try {
    checkWhole(request, content.size, content.checksum?.value);
    bucket.upload(request.key, uploadId);
    object = bucket.write(request.key, content, pending);
  } catch (error) {
    await s3.blobs.release(content.segments);
    throw error;
  }
  bucket.uploads.delete(uploadId);
  upload.discard();
  s3.events.created(bucket, object, 'ObjectCreated:CompleteMultipartUpload', request.principal);
  const { checksum } = object;
  return {
    headers: { ...versionHeader(bucket, object.versionId), 'x-amz-server-side-encryption': 'AES256' },
    body: element('CompleteMultipartUploadResult', [
      element('Location', `/${bucket.name}/${encodeURIComponent(object.key)}`),
      element('Bucket', bucket.name),
      element('Key', object.key),
      element('ETag', `"${object.etag}"`),
      checksum && element(checksumElement(checksum.algorithm), checksum.value),
      checksum && element('ChecksumType', checksum.type),
    ]),
  };
}

export function abortMultipartUpload(s3: S3Context, request: S3Request): S3Answer {
  const bucket = s3.bucket(request.bucket);
  s3.authorizeObject(request.principal, 's3:AbortMultipartUpload', bucket.name, request.key);
  const upload = bucket.upload(request.key, request.query.get('uploadId')!);
  bucket.uploads.delete(upload.uploadId);
  upload.discard();
  return { status: 204 };
}

export function listParts(s3: S3Context, request: S3Request): S3Answer {
  const bucket = s3.bucket(request.bucket);
  s3.authorizeObject(request.principal, 's3:ListMultipartUploadParts', bucket.name, request.key);
  const upload = bucket.upload(request.key, request.query.get('uploadId')!);
  const marker = Number(request.query.get('part-number-marker') ?? 0);
  const max = Math.min(Number(request.query.get('max-parts') ?? 1000), 1000);
  const rest = upload.parts().filter((part) => part.partNumber > marker);
  const page = rest.slice(0, max);
  const truncated = rest.length > page.length;
  return {
    body: element('ListPartsResult', [
      element('Bucket', bucket.name),
      element('Key', request.key),
      element('UploadId', upload.uploadId),
      element('PartNumberMarker', marker),
      optional('NextPartNumberMarker', truncated ? page.at(-1)?.partNumber : undefined),
      element('MaxParts', max),
      element('IsTruncated', truncated),
      optional('ChecksumAlgorithm', upload.checksumAlgorithm),
      ...page.map(partElement),
    ]),
  };
}

export function listMultipartUploads(s3: S3Context, request: S3Request): S3Answer {
  const bucket = s3.bucket(request.bucket);
  s3.authorizeBucket(request.principal, 's3:ListBucketMultipartUploads', bucket.name);
  const prefix = request.query.get('prefix') ?? '';
  const keyMarker = request.query.get('key-marker') ?? '';
  const idMarker = request.query.get('upload-id-marker') ?? '';
  const max = Math.min(Number(request.query.get('max-uploads') ?? 1000), 1000);
  const position = (key: string, id: string): string => `${key}\u0000${id}`;
  const after = position(keyMarker, idMarker || '\uffff');
  const rest = [...bucket.uploads.values()]
    .filter(
      ({ key, uploadId }) => key.startsWith(prefix) && (keyMarker === '' || position(key, uploadId) > after),
    )
    .sort((a, b) => (position(a.key, a.uploadId) < position(b.key, b.uploadId) ? -1 : 1));
  const page = rest.slice(0, max);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  return {
    body: element('ListMultipartUploadsResult', [
      element('Bucket', bucket.name),
      element('Prefix', prefix),
      element('MaxUploads', max),
      element('IsTruncated', last !== undefined),
      optional('NextKeyMarker', last?.key),
      optional('NextUploadIdMarker', last?.uploadId),
      ...page.map((upload) =>
        element('Upload', [
          element('Key', upload.key),
          element('UploadId', upload.uploadId),
          element('Initiated', upload.initiated),
          element('StorageClass', 'STANDARD'),
        ]),
      ),
    ]),
  };
}

function partOf(s3: S3Context, request: S3Request): { upload: MultipartUpload; partNumber: number } {
  const partNumber = Number(request.query.get('partNumber'));
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > MAX_PARTS) {
    throw s3Error('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`);
  }
  const upload = s3.bucket(request.bucket).upload(request.key, request.query.get('uploadId')!);
  return { upload, partNumber };
}

function partReference(part: XmlDocument): PartReference {
  const etag = text(part, 'ETag');
  const partNumber = Number(text(part, 'PartNumber'));
  if (etag === undefined || !Number.isInteger(partNumber)) throw s3Error('MalformedXML');
  const checksum = (Object.keys(CHECKSUM_ALGORITHMS) as ChecksumAlgorithm[])
    .map((algorithm) => text(part, checksumElement(algorithm)))
    .find((value) => value !== undefined);
  return { partNumber, etag: etag.replace(/^"(.*)"$/, '$1'), checksum };
}

/** What the client says of the whole object. */
function checkWhole(request: S3Request, size: number, checksum: string | undefined): void {
  const expectedSize = request.headers['x-amz-mp-object-size'];
  if (expectedSize !== undefined && Number(expectedSize) !== size) {
    throw s3Error(
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header does not match what was computed: ${size}`,
    );
  }
  for (const algorithm of Object.keys(CHECKSUM_ALGORITHMS) as ChecksumAlgorithm[]) {
    const expected = request.headers[checksumHeader(algorithm)];
    if (expected !== undefined && expected !== checksum) {
      throw s3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }
  }
}

function partElement(part: UploadedPart): ReturnType<typeof element> {
  return element('Part', [
    element('PartNumber', part.partNumber),
    element('LastModified', part.lastModified),
    element('ETag', `"${part.etag}"`),
    element('Size', part.size),
    part.checksum && element(checksumElement(part.checksum.algorithm), part.checksum.value),
  ]);
}
