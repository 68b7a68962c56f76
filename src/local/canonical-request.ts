import type { IncomingHttpHeaders } from 'node:http';

/**
 * The path as it is signed. S3 signs it encoded once, exactly as sent; every other service normalises it and encodes it
 * a second time.
 */
export function canonicalPath(rawPath: string, service: string): string {
  const segments = (rawPath || '/').split('/');
  if (service === 's3') return segments.map(reencode).join('/');
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(encode(segment));
  }
  const trailingSlash = kept.length > 0 && rawPath.endsWith('/') ? '/' : '';
  return '/' + kept.join('/') + trailingSlash;
}

/** Every parameter but the signature itself, encoded, sorted by name and value. */
export function canonicalQuery(rawQuery: string): string {
  return rawQuery
    .split('&')
    .filter((parameter) => parameter !== '' && !parameter.startsWith('X-Amz-Signature='))
    .map((parameter) => {
      const at = parameter.indexOf('=');
      const name = at < 0 ? parameter : parameter.slice(0, at);
      const value = at < 0 ? '' : parameter.slice(at + 1);
      return [reencode(name), reencode(value)];
    })
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The signed headers, trimmed and with inner spaces folded, each on its line. */
export function canonicalHeaders(headers: IncomingHttpHeaders, names: readonly string[]): string {
  return names
    .map((name) => {
      const value = headers[name] ?? '';
      return `${name}:${(Array.isArray(value) ? value.join(',') : value).trim().replace(/\s+/g, ' ')}\n`;
    })
    .join('');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** RFC 3986: only letters, digits, `-`, `_`, `.` and `~` stand for themselves. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => '%' + character.charCodeAt(0).toString(16).toUpperCase(),
  );
}

/** Text that was encoded somehow, encoded as it is signed; what cannot be decoded stays as it came. */
function reencode(text: string): string {
  try {
    return encode(decodeURIComponent(text));
  } catch {
    return text;
  }
}
