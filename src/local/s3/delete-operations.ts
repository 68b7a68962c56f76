import { type Bucket, type Deletion, UNCONDITIONAL } from './bucket';
import { writeConditionOf } from './conditions';
import { checkVersionId, versionCondition, versionHeader, type S3Context } from './context';
import { s3Error } from './errors';
import { AwsError } from '../services';
import { readText, type S3Answer, type S3Request } from './request';
import { children, element, optional, parseXml, text, type XmlDocument, type XmlElement } from './xml';

/** Most keys of one DeleteObjects request. */
const MAX_DELETES = 1000;

export function deleteObject(s3: S3Context, request: S3Request): S3Answer {
  const bucket = s3.bucket(request.bucket);
  const versionId = request.query.get('versionId') ?? undefined;
  const deletion = remove(s3, request, bucket, request.key, versionId, request.headers['if-match']);
  return {
    status: 204,
    headers: {
      ...versionHeader(bucket, deletion.versionId),
      'x-amz-delete-marker': deletion.deleteMarker ? 'true' : undefined,
    },
  };
}

export async function deleteObjects(s3: S3Context, request: S3Request): Promise<S3Answer> {
  const bucket = s3.bucket(request.bucket);
  const document = parseXml(await readText(request), 'Delete', ['Object']);
  const objects = children(document, 'Object');
  if (objects.length === 0 || objects.length > MAX_DELETES) throw s3Error('MalformedXML');
  const results = objects.map((object) => deleteOne(s3, request, bucket, object));
  const quiet = text(document, 'Quiet') === 'true';
  return {
    body: element(
      'DeleteResult',
      results.filter((result) => !quiet || result.name === 'Error'),
    ),
  };
}

function deleteOne(s3: S3Context, request: S3Request, bucket: Bucket, object: XmlDocument): XmlElement {
  const key = text(object, 'Key');
  const versionId = text(object, 'VersionId');
  if (!key) throw s3Error('MalformedXML');
  try {
    const { deleteMarker, versionId: affected } = remove(
      s3,
      request,
      bucket,
      key,
      versionId,
      text(object, 'ETag'),
    );
    return element('Deleted', [
      element('Key', key),
      optional('VersionId', versionId),
      optional('DeleteMarker', deleteMarker ? true : undefined),
      optional('DeleteMarkerVersionId', deleteMarker ? affected : undefined),
    ]);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return element('Error', [
      element('Key', key),
      optional('VersionId', versionId),
      element('Code', error.code),
      element('Message', error.message),
    ]);
  }
}

function remove(
  s3: S3Context,
  { principal }: S3Request,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  ifMatch: string | undefined,
): Deletion {
  checkVersionId(versionId);
  const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  s3.authorizeObject(principal, action, bucket.name, key, versionCondition(versionId));
  const had = versionId === undefined ? bucket.current(key) : bucket.version(key, versionId);
  if (versionId !== undefined) {
    const deletion = bucket.deleteVersion(key, versionId);
    if (had) s3.events.removed(bucket, had, 'ObjectRemoved:Delete', principal);
    return deletion;
  }
  const condition = ifMatch === undefined ? UNCONDITIONAL : writeConditionOf({ 'if-match': ifMatch });
  const deletion = bucket.delete(key, condition);
  if (deletion.deleteMarker) {
    s3.events.removed(bucket, deletion.deleteMarker, 'ObjectRemoved:DeleteMarkerCreated', principal);
  } else if (had) {
    s3.events.removed(bucket, had, 'ObjectRemoved:Delete', principal);
  }
  return deletion;
}
