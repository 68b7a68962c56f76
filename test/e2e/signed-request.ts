import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Target } from './target';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: any;
}

/** Calls the pipeline's API, signed as the person who runs the tests. `signed: false` leaves the signature off. */
export async function callApi(
  target: Target,
  request: { method: 'GET' | 'POST'; url: string; body?: unknown; signed?: boolean },
): Promise<Answer> {
  const url = new URL(request.url);
  const body = request.body === undefined ? undefined : text(request.body);
  const headers: Record<string, string> = { host: url.host };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const plain = { method: request.method, headers, body };
  const message = request.signed === false ? plain : await sign(target, url, plain);
  const response = await fetch(url, { method: message.method, headers: message.headers, body: message.body });
  const answer = await response.text();
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: answer === '' ? undefined : JSON.parse(answer),
  };
}

function text(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function sign(
  target: Target,
  url: URL,
  request: { method: string; headers: Record<string, string>; body?: string },
) {
  const signer = new SignatureV4({
    service: 'execute-api',
    region: await target.s3.config.region(),
    credentials: await target.s3.config.credentials(),
    sha256: Sha256,
  });
  return signer.sign({
    ...request,
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
  });
}
