import { LOCAL_ACCOUNT, LOCAL_REGION } from '../services';
import { Bucket } from './bucket';
import type { S3Context } from './context';
import { s3Error } from './errors';
import { readText, type S3Answer, type S3Request } from './request';
import { element, optional, parseXml, text } from './xml';

export function listBuckets(s3: S3Context, { principal }: S3Request): S3Answer {
  s3.authorizeBucket(principal, 's3:ListAllMyBuckets', '*');
  const buckets = [...s3.buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    body: element('ListAllMyBucketsResult', [
      element('Owner', [element('ID', LOCAL_ACCOUNT)]),
      element(
        'Buckets',
        buckets.map((bucket) =>
          element('Bucket', [element('Name', bucket.name), element('CreationDate', bucket.createdAt)]),
        ),
      ),
    ]),
  };
}

export function createBucket(s3: S3Context, request: S3Request): S3Answer {
  s3.authorizeBucket(request.principal, 's3:CreateBucket', request.bucket);
  addBucket(s3, request.bucket);
  return { headers: { location: `/${request.bucket}` } };
}

/** @throws AwsError BucketAlreadyOwnedByYou, InvalidBucketName */
export function addBucket(s3: S3Context, name: string): Bucket {
  if (!/^(?!xn--)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw s3Error('InvalidBucketName', undefined, { BucketName: name });
  }
  if (s3.buckets.has(name)) throw s3Error('BucketAlreadyOwnedByYou', undefined, { BucketName: name });
  const bucket = new Bucket(name, s3.blobs);
  s3.buckets.set(name, bucket);
  return bucket;
}

export function deleteBucket(s3: S3Context, { bucket: name, principal }: S3Request): S3Answer {
  const bucket = s3.bucket(name);
  s3.authorizeBucket(principal, 's3:DeleteBucket', name);
  if (!bucket.isEmpty()) throw s3Error('BucketNotEmpty', undefined, { BucketName: name });
  bucket.clear();
  s3.buckets.delete(name);
  return { status: 204 };
}

export function headBucket(s3: S3Context, { bucket: name, principal }: S3Request): S3Answer {
  s3.authorizeBucket(principal, 's3:ListBucket', name);
  s3.bucket(name);
  return { headers: { 'x-amz-bucket-region': LOCAL_REGION, 'x-amz-access-point-alias': 'false' } };
}

/** us-east-1 has no location constraint. */
export function getBucketLocation(s3: S3Context, { bucket: name, principal }: S3Request): S3Answer {
  s3.authorizeBucket(principal, 's3:GetBucketLocation', name);
  s3.bucket(name);
  return { body: element('LocationConstraint', '') };
}

export function getBucketVersioning(s3: S3Context, { bucket: name, principal }: S3Request): S3Answer {
  s3.authorizeBucket(principal, 's3:GetBucketVersioning', name);
  return { body: element('VersioningConfiguration', [optional('Status', s3.bucket(name).versioning)]) };
}

export async function putBucketVersioning(s3: S3Context, request: S3Request): Promise<S3Answer> {
  s3.authorizeBucket(request.principal, 's3:PutBucketVersioning', request.bucket);
  const bucket = s3.bucket(request.bucket);
  const status = text(parseXml(await readText(request), 'VersioningConfiguration'), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw s3Error('MalformedXML');
  bucket.versioning = status;
  return {};
}
