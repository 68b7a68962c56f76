import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { signerOf } from './signed-fetch';
import { AccessKeyRegistry } from '../../src/local/access-keys';
import type { Principal } from '../../src/local/services';
import { signedService, verifySignature, type SignedRequest } from '../../src/local/signature';

const USER: Principal = { kind: 'user', name: 'local', arn: 'arn:aws:iam::000000000000:user/local' };
const ROLE: Principal = { kind: 'role', name: 'Trigger', arn: 'arn:aws:iam::000000000000:role/Trigger' };
const NOW = new Date('2026-01-02T03:04:05Z');
/** The S3 client leaves the body out of what it presigns. */
const UNSIGNED = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
const EMPTY = createHash('sha256').update('').digest('hex');

const keys = new AccessKeyRegistry();
const user = keys.issue(USER);
const role = keys.issue(ROLE);

async function sign(
  path: string,
  query: Record<string, string>,
  { service = 'execute-api', credentials = user, headers = {} as Record<string, string> } = {},
): Promise<SignedRequest> {
  const signer = signerOf(credentials, service);
  const signed = await signer.sign(
    {
      method: 'GET',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      query,
      headers: { host: '127.0.0.1:1', ...headers },
    },
    { signingDate: NOW },
  );
  return request(path, query, signed.headers);
}

async function presign(
  path: string,
  { service = 's3', credentials = user, expiresIn = 60 } = {},
): Promise<SignedRequest> {
  const signer = signerOf(credentials, service);
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      query: {},
      headers: { host: '127.0.0.1:1', ...(service === 's3' && UNSIGNED) },
    },
    { signingDate: NOW, expiresIn },
  );
  return request(path, signed.query as Record<string, string>, { host: '127.0.0.1:1' });
}

function request(
  path: string,
  query: Record<string, string>,
  headers: Record<string, string>,
): SignedRequest {
  const search = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return {
    method: 'GET',
    url: search.length > 0 ? `${path}?${search.join('&')}` : path,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** As the SDK's clients encode a path: S3 takes no other form of it. */
function encode(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase(),
  );
}

const verify = (signed: SignedRequest, now = NOW): unknown => verifySignature(signed, keys, EMPTY, now);

describe('a signature in the headers', () => {
  it('tells whose key signed, for which service and region', async () => {
    expect(verify(await sign('/prod/status/abc', { a: '1' }))).toMatchObject({
      principal: USER,
      service: 'execute-api',
      region: 'us-east-1',
      accessKeyId: user.accessKeyId,
    });
  });

  it("tells a role's key, which comes with a session token", async () => {
    expect(verify(await sign('/', {}, { credentials: role }))).toMatchObject({ principal: ROLE });
  });

  it('holds for any path and query that the SDK signs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 4 }),
        fc.dictionary(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme' }), { maxKeys: 4 }),
        fc.constantFrom('s3', 'execute-api'),
        async (segments, query, service) => {
          fc.pre(!Object.keys(query).some((name) => /^x-amz-/i.test(name) || name === '__proto__'));
          fc.pre(!segments.some((segment) => segment === '.' || segment === '..'));
          const path = '/' + segments.map(encode).join('/');
          expect(verify(await sign(path, query, { service }))).toMatchObject({ principal: USER });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('covers headers whose values have inner spaces', async () => {
    const signed = await sign('/', {}, { headers: { 'x-amz-meta-note': '  two   words ' } });
    expect(verify(signed)).toMatchObject({ principal: USER });
  });

  it('keeps the slash at the end and takes dots out of a path, except for S3', async () => {
    expect(verify(await sign('/a/b/', {}))).toMatchObject({ principal: USER });
    expect(verify(await sign('/a/./b/../c', {}))).toMatchObject({ principal: USER });
  });

  it.each([
    ['another path', (signed: SignedRequest) => ({ ...signed, url: '/other' })],
    ['another method', (signed: SignedRequest) => ({ ...signed, method: 'DELETE' })],
    ['another query', (signed: SignedRequest) => ({ ...signed, url: '/path?a=2' })],
    ['another host', (signed: SignedRequest) => ({ ...signed, headers: { ...signed.headers, host: 'x' } })],
    [
      'a signature of another length',
      (signed: SignedRequest) => ({
        ...signed,
        headers: { ...signed.headers, authorization: signed.headers.authorization + 'ab' },
      }),
    ],
  ])('refuses %s than was signed', async (_, change) => {
    const signed = await sign('/path', { a: '1' });
    expect(() => verify(change(signed))).toThrow(
      expect.objectContaining({
        problem: 'mismatch',
        message: expect.stringContaining('The request signature we calculated does not match'),
      }),
    );
  });

  it('refuses a body other than the signed one', async () => {
    const signed = await sign('/', {});
    const otherBody = createHash('sha256').update('x').digest('hex');
    expect(() => verifySignature(signed, keys, otherBody, NOW)).toThrow('does not match the signature');
  });

  it.each([-16, 16])('refuses a clock that is %d minutes off', async (minutes) => {
    const later = new Date(NOW.getTime() + minutes * 60_000);
    const signed = await sign('/', {});
    expect(() => verify(signed, later)).toThrow(
      expect.objectContaining({
        problem: 'skewed',
        message: 'The difference between the request time and the current time is too large.',
      }),
    );
  });

  it('refuses a key that it never issued, and one that was revoked', async () => {
    const other = new AccessKeyRegistry().issue(USER);
    const signed = await sign('/', {}, { credentials: other });
    expect(() => verify(signed)).toThrow(`the access key id '${other.accessKeyId}' does not exist here`);

    const registry = new AccessKeyRegistry();
    const revoked = registry.issue(USER);
    registry.revoke(revoked.accessKeyId);
    const late = await sign('/', {}, { credentials: revoked });
    expect(() => verifySignature(late, registry, EMPTY, NOW)).toThrow('does not exist here');
  });

  it("refuses a role's key without its session token", async () => {
    const { sessionToken: _, ...withoutToken } = role;
    const signed = await sign('/', {}, { credentials: withoutToken });
    expect(() => verify(signed)).toThrow('the security token included in the request is invalid');
  });

  it('refuses a request that is not signed', () => {
    expect(() => verify({ method: 'GET', url: '/', headers: {} })).toThrow(
      expect.objectContaining({ problem: 'missing', message: 'Request is missing Authentication Token' }),
    );
  });

  it.each(['Basic abc', 'AWS4-HMAC-SHA256 Credential=a', 'AWS4-HMAC-SHA256 nonsense'])(
    "refuses the header '%s'",
    (authorization) => {
      const headers = { authorization, 'x-amz-date': '20260102T030405Z' };
      expect(() => verify({ method: 'GET', url: '/', headers })).toThrow(
        "the Authorization header must be 'AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...' beside an X-Amz-Date header",
      );
    },
  );

  it('refuses a scope that is none, and a date that is none', () => {
    const headers = (credential: string, date: string): Record<string, string> => ({
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=00`,
      'x-amz-date': date,
    });
    const broken = headers('key/20260102/us-east-1/s3/other', '20260102T030405Z');
    expect(() => verify({ method: 'GET', url: '/', headers: broken })).toThrow(
      "the credential scope 'key/20260102/us-east-1/s3/other' is not valid",
    );
    const dateless = headers(`${user.accessKeyId}/20260102/us-east-1/s3/aws4_request`, '20260102 03:04');
    expect(() => verify({ method: 'GET', url: '/', headers: dateless })).toThrow(
      "the date '20260102 03:04' is not of the form YYYYMMDD'T'HHMMSS'Z'",
    );
  });
});

describe('a presigned URL', () => {
  it.each(['s3', 'execute-api'])('holds for %s until it expires', async (service) => {
    const signed = await presign('/bucket/a%20b', { service, credentials: role });
    expect(verify(signed)).toMatchObject({ principal: ROLE, service });
    expect(verify(signed, new Date(NOW.getTime() + 59_000))).toMatchObject({ principal: ROLE });
    expect(() => verify(signed, new Date(NOW.getTime() + 61_000))).toThrow(
      expect.objectContaining({ problem: 'expired', message: 'Request has expired' }),
    );
  });

  it('does not hold for another key', async () => {
    const signed = await presign('/bucket/key');
    expect(() => verify({ ...signed, url: signed.url.replace('/key', '/other') })).toThrow('does not match');
  });

  it('needs all its parameters, and a lifetime of a week at most', async () => {
    const signed = await presign('/bucket/key');
    for (const url of [
      signed.url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'),
      signed.url.replace('X-Amz-Expires=60', ''),
      signed.url.replace('X-Amz-SignedHeaders', 'Other'),
    ]) {
      expect(() => verify({ ...signed, url })).toThrow('a presigned URL needs X-Amz-Credential');
    }
  });
});

describe('the service that a request is signed for', () => {
  it('is read from header or query before anything is verified', async () => {
    expect(signedService(await sign('/', {}, { service: 'sqs' }))).toBe('sqs');
    expect(signedService(await presign('/'))).toBe('s3');
    expect(signedService({ method: 'GET', url: '/', headers: {} })).toBeUndefined();
  });
});
