import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AccessKeyRegistry } from './access-keys';
import { canonicalHeaders, canonicalPath, canonicalQuery } from './canonical-request';
import type { Principal } from './services';

/** Why a signature is refused. Each protocol has error codes of its own for these. */
export type SignatureProblem = 'missing' | 'malformed' | 'unknown-key' | 'mismatch' | 'expired' | 'skewed';

/** A request that nobody known has signed. */
export class SignatureError extends Error {
  constructor(
    readonly problem: SignatureProblem,
    message: string,
  ) {
    super(message);
    this.name = 'SignatureError';
  }
}

/** The parts of a request that a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A signature that holds. */
export interface VerifiedSignature {
  readonly principal: Principal;
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  /** What the chunks of a streamed body are signed with. */
  readonly signingKey: Buffer;
  readonly signature: string;
  readonly timestamp: string;
  readonly scope: string;
}

/** What the client says of itself, in the Authorization header or in a presigned URL. */
interface Claim {
  readonly credential: string;
  readonly signedHeaders: string[];
  readonly signature: string;
  readonly timestamp: string;
  readonly token: string | undefined;
  readonly expiresSeconds: number | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** AWS refuses a request whose clock differs by more. */
const MAX_SKEW_MS = 15 * 60 * 1000;
/** A presigned URL lives a week at most. */
const MAX_EXPIRES_SECONDS = 604_800;

/**
 * Checks Signature Version 4 of a request, by header or presigned URL, as in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param payloadHash hex SHA-256 of the body, or the header `x-amz-content-sha256` where the body is checked by itself
 * @throws SignatureError
 */
export function verifySignature(
  request: SignedRequest,
  keys: AccessKeyRegistry,
  payloadHash: string,
  now = new Date(),
): VerifiedSignature {
  const [rawPath, rawQuery = ''] = splitOnce(request.url, '?');
  const query = new URLSearchParams(rawQuery);
  const claim = readClaim(request.headers, query);
  const [accessKeyId, date, region, service, terminator] = claim.credential.split('/');
  if (terminator !== 'aws4_request' || !claim.timestamp.startsWith(date)) {
    throw new SignatureError('malformed', `the credential scope '${claim.credential}' is not valid`);
  }
  const key = keys.find(accessKeyId);
  if (!key) throw new SignatureError('unknown-key', `the access key id '${accessKeyId}' does not exist here`);
  if (key.sessionToken !== claim.token) {
    throw new SignatureError('unknown-key', 'the security token included in the request is invalid');
  }
  checkTime(claim, now);

  const presigned = claim.expiresSeconds !== undefined;
  const canonical = [
    request.method,
    canonicalPath(rawPath, service),
    canonicalQuery(rawQuery),
    canonicalHeaders(request.headers, claim.signedHeaders),
    claim.signedHeaders.join(';'),
    presigned && service === 's3' ? presignedPayload(request.headers, query) : payloadHash,
  ].join('\n');
  const scope = [date, region, service, 'aws4_request'].join('/');
  const stringToSign = [ALGORITHM, claim.timestamp, scope, sha256(canonical)].join('\n');
  const signingKey = [date, region, service, 'aws4_request'].reduce(
    (secret: Buffer, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from('AWS4' + key.secretAccessKey),
  );
  const expected = createHmac('sha256', signingKey).update(stringToSign).digest();
  const given = Buffer.from(claim.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new SignatureError(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  const { principal } = key;
  return {
    principal,
    accessKeyId,
    region,
    service,
    signingKey,
    signature: claim.signature,
    timestamp: claim.timestamp,
    scope,
  };
}

/** The service in the credential scope, before anything is verified; undefined where the request is not signed. */
export function signedService(request: SignedRequest): string | undefined {
  const query = new URLSearchParams(splitOnce(request.url, '?')[1]);
  const credential =
    query.get('X-Amz-Credential') ?? /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1];
  return credential?.split('/')[3];
}

/** S3 leaves the body out of a presigned URL, unless the URL says otherwise. */
function presignedPayload(headers: IncomingHttpHeaders, query: URLSearchParams): string {
  return query.get('X-Amz-Content-Sha256') ?? header(headers, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
}

function readClaim(headers: IncomingHttpHeaders, query: URLSearchParams): Claim {
  const authorization = headers.authorization;
  if (authorization !== undefined) return claimOfHeader(authorization, headers);
  if (query.get('X-Amz-Algorithm') === ALGORITHM) return claimOfQuery(query);
  throw new SignatureError('missing', 'Request is missing Authentication Token');
}

function claimOfHeader(authorization: string, headers: IncomingHttpHeaders): Claim {
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(',')
      .map((field) => splitOnce(field.trim(), '=') as [string, string]),
  );
  const timestamp = header(headers, 'x-amz-date') ?? '';
  const credential = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders');
  const signature = fields.get('Signature');
  if (
    !authorization.startsWith(ALGORITHM + ' ') ||
    !credential ||
    !signedHeaders ||
    !signature ||
    !timestamp
  ) {
    throw new SignatureError(
      'malformed',
      `the Authorization header must be '${ALGORITHM} Credential=..., SignedHeaders=..., Signature=...' beside an X-Amz-Date header`,
    );
  }
  return {
    credential,
    signedHeaders: signedHeaders.split(';'),
    signature,
    timestamp,
    token: header(headers, 'x-amz-security-token'),
    expiresSeconds: undefined,
  };
}

function claimOfQuery(query: URLSearchParams): Claim {
  const [credential, signedHeaders, signature, timestamp, expires] = [
    'X-Amz-Credential',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
    'X-Amz-Date',
    'X-Amz-Expires',
  ].map((name) => query.get(name) ?? '');
  const expiresSeconds = Number(expires || 'none');
  if (
    !credential ||
    !signedHeaders ||
    !signature ||
    !(expiresSeconds >= 0 && expiresSeconds <= MAX_EXPIRES_SECONDS)
  ) {
    throw new SignatureError(
      'malformed',
      'a presigned URL needs X-Amz-Credential, X-Amz-SignedHeaders, X-Amz-Signature, X-Amz-Date and X-Amz-Expires of a week at most',
    );
  }
  return {
    credential,
    signedHeaders: signedHeaders.split(';'),
    signature,
    timestamp,
    token: query.get('X-Amz-Security-Token') ?? undefined,
    expiresSeconds,
  };
}

function checkTime(claim: Claim, now: Date): void {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(claim.timestamp) ?? [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(signedAt)) {
    throw new SignatureError(
      'malformed',
      `the date '${claim.timestamp}' is not of the form YYYYMMDD'T'HHMMSS'Z'`,
    );
  }
  if (claim.expiresSeconds === undefined) {
    if (Math.abs(now.getTime() - signedAt) > MAX_SKEW_MS) {
      throw new SignatureError(
        'skewed',
        'The difference between the request time and the current time is too large.',
      );
    }
  } else if (now.getTime() > signedAt + claim.expiresSeconds * 1000) {
    throw new SignatureError('expired', 'Request has expired');
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
