import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AccessKey } from '../../src/local/access-keys';

export interface SignedFetchOptions {
  readonly service?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly signingDate?: Date;
}

/** The SDK's own signer; only S3 signs paths as they are. */
export function signerOf(credentials: AccessKey, service: string): SignatureV4 {
  return new SignatureV4({
    credentials,
    region: 'us-east-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
}

/** Signs a request with the SDK's own signer, for what its clients would never send. */
export async function signedFetch(
  endpoint: string,
  credentials: AccessKey,
  path: string,
  options: SignedFetchOptions = {},
): Promise<Response> {
  const {
    service = 's3',
    method = 'GET',
    headers = {},
    query = {},
    body,
    signingDate = new Date(),
  } = options;
  const url = new URL(endpoint);
  const signer = signerOf(credentials, service);
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: url.hostname,
      port: Number(url.port),
      path,
      query,
      headers: { host: url.host, ...headers },
      body,
    },
    { signingDate },
  );
  return fetch(`${endpoint}${path}${queryString(query)}`, { method, headers: signed.headers, body });
}

/** A presigned URL, made with the SDK's own signer. */
export async function presign(
  endpoint: string,
  credentials: AccessKey,
  path: string,
  options: SignedFetchOptions & { readonly expiresIn?: number } = {},
): Promise<string> {
  const { service = 's3', method = 'GET', query = {}, signingDate = new Date(), expiresIn = 60 } = options;
  const url = new URL(endpoint);
  const signer = signerOf(credentials, service);
  const signed = await signer.presign(
    {
      method,
      protocol: 'http:',
      hostname: url.hostname,
      port: Number(url.port),
      path,
      query,
      headers: { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    },
    { signingDate, expiresIn },
  );
  return `${endpoint}${path}${queryString(signed.query as Record<string, string>)}`;
}

function queryString(query: Readonly<Record<string, string>>): string {
  const encoded = Object.entries(query).map(([name, value]) => `${escape(name)}=${escape(value)}`);
  return encoded.length > 0 ? `?${encoded.join('&')}` : '';
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase(),
  );
}
