import { isUtf8 } from 'node:buffer';
import type { Encoding } from '../../../spec/dialect-spec';
import { wholeCharactersEnd } from '../utf8';

/** What stands for a broken character. */
const REPLACEMENT = '\ufffd';

/** The encoding that a byte order mark names. */
export function markedEncoding(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/**
 * Guesses the encoding of a file from its first bytes: by its byte order mark; by the zero bytes that UTF-16 has for
 * every other byte of Latin text; as UTF-8 where it is that, which other text hardly ever is by chance, or where most of it
 * is, so that what is broken fails the file; as windows-1252, in which any byte is a character, else.
 */
export function detectEncoding(bytes: Buffer): Encoding {
  const marked = markedEncoding(bytes);
  if (marked) return marked;
  const even = countZeros(bytes, 0);
  const odd = countZeros(bytes, 1);
  if (Math.max(even, odd) * 4 > bytes.length) return odd > even ? 'utf-16le' : 'utf-16be';
  return isText(bytes) || isMostlyText(bytes) ? 'utf-8' : 'windows-1252';
}

/** True for UTF-8, also where the last character breaks off. */
export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes.subarray(0, wholeCharactersEnd(bytes, 0, bytes.length)));
}

/** Whether more characters beyond ASCII are whole in UTF-8 than are broken. */
function isMostlyText(bytes: Buffer): boolean {
  const beyond = bytes.toString('utf8').match(/[^\0-\x7f]/gu)!;
  const broken = beyond.filter((character) => character === REPLACEMENT).length;
  return beyond.length > 2 * broken;
}

function countZeros(bytes: Buffer, from: number): number {
  let zeros = 0;
  for (let at = from; at < bytes.length; at += 2) if (bytes[at] === 0) zeros++;
  return zeros;
}
