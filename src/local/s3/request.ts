import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Principal } from '../services';
import { s3Error } from './errors';
import type { XmlElement } from './xml';

/** Where a request goes: to the service, a bucket or an object. */
export interface S3Target {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** A request, taken apart. */
export interface S3Request {
  readonly method: string;
  /** Empty for requests to the service itself. */
  readonly bucket: string;
  /** Decoded; empty for requests to a bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: IncomingMessage;
  readonly principal: Principal;
}

/** What is answered: headers, and either a document or bytes. */
export interface S3Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: XmlElement | Readable;
}

/** Bucket and key of a request, by path or by a host name such as `bucket.localhost`. */
export function targetOf(url: string, host: string | undefined): S3Target {
  const path = url.split('?', 1)[0];
  const virtual = /^(.+?)\.(?:s3\.)?localhost(?::\d+)?$/.exec(host ?? '')?.[1];
  const whole = virtual === undefined || virtual === 's3' ? path.slice(1) : `${virtual}/${path.slice(1)}`;
  const slash = whole.indexOf('/');
  const bucket = slash < 0 ? whole : whole.slice(0, slash);
  const key = slash < 0 ? '' : whole.slice(slash + 1);
  return { bucket: bucket || undefined, key: key === '' ? undefined : decodeKey(key) };
}

/** Headers as single strings, as Node folds them. */
export function singleHeaders(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}

/** Bucket, key and version of the header `x-amz-copy-source`, which is URL-encoded. */
export function copySourceOf(request: S3Request): {
  bucket: string;
  key: string;
  versionId: string | undefined;
} {
  const header = request.headers['x-amz-copy-source'] ?? '';
  const [path, query] = header.replace(/^\//, '').split('?', 2);
  const slash = path.indexOf('/');
  if (slash < 1 || slash === path.length - 1) {
    throw s3Error(
      'InvalidArgument',
      `Copy Source must mention the source bucket and key: sourcebucket/sourcekey`,
    );
  }
  return {
    bucket: path.slice(0, slash),
    key: decodeKey(path.slice(slash + 1)),
    versionId: new URLSearchParams(query).get('versionId') ?? undefined,
  };
}

/** Reads the whole of a small body, such as an XML document. */
export async function readText(request: S3Request): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request.body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function decodeKey(encoded: string): string {
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    throw s3Error('InvalidURI');
  }
  if (Buffer.byteLength(key) > 1024) throw s3Error('KeyTooLongError');
  return key;
}
