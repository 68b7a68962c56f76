import type { Bucket } from './bucket';
import { versionCondition, versionHeader, type S3Context } from './context';
import { s3Error } from './errors';
import { checkTags } from './object-attributes';
import type { StoredObject } from './object-version';
import { readText, type S3Answer, type S3Request } from './request';
import { children, element, parseXml, text, type XmlDocument } from './xml';

export function getObjectTagging(s3: S3Context, request: S3Request): S3Answer {
  const { bucket, object } = tagged(s3, request, 'Get');
  return {
    headers: versionHeader(bucket, object.versionId),
    body: element('Tagging', [
      element(
        'TagSet',
        Object.entries(object.tags).map(([key, value]) =>
          element('Tag', [element('Key', key), element('Value', value)]),
        ),
      ),
    ]),
  };
}

export async function putObjectTagging(s3: S3Context, request: S3Request): Promise<S3Answer> {
  const document = parseXml(await readText(request), 'Tagging', ['Tag']);
  const set = document.TagSet;
  const tags = typeof set === 'object' ? children(set as XmlDocument, 'Tag') : [];
  const pairs = tags.map((tag): [string, string] => {
    const key = text(tag, 'Key');
    if (!key) throw s3Error('MalformedXML');
    return [key, text(tag, 'Value') ?? ''];
  });
  return setTags(s3, request, 'Put', checkTags(pairs), 200);
}

export function deleteObjectTagging(s3: S3Context, request: S3Request): S3Answer {
  return setTags(s3, request, 'Delete', {}, 204);
}

function setTags(
  s3: S3Context,
  request: S3Request,
  verb: 'Put' | 'Delete',
  tags: Readonly<Record<string, string>>,
  status: number,
): S3Answer {
  const { bucket, object } = tagged(s3, request, verb);
  bucket.tag(object, tags);
  return { status, headers: versionHeader(bucket, object.versionId) };
}

function tagged(
  s3: S3Context,
  { bucket: name, key, query, principal }: S3Request,
  verb: 'Get' | 'Put' | 'Delete',
): { bucket: Bucket; object: StoredObject } {
  const bucket = s3.bucket(name);
  const versionId = query.get('versionId') ?? undefined;
  s3.authorizeObject(
    principal,
    `s3:${verb}Object${versionId === undefined ? '' : 'Version'}Tagging`,
    name,
    key,
    versionCondition(versionId),
  );
  return { bucket, object: s3.readable(principal, bucket, key, versionId) };
}
