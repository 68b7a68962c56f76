import { gzipSync } from 'node:zlib';

/** A file that nobody would write on purpose, and what becomes of it. */
export interface HostileFile {
  readonly name: string;
  readonly body: string | Buffer;
  /** What `validate` says: a job's code with what follows it, or how many rows are valid or rejected. */
  readonly validate: string;
  /** What it says with `--detect`, where that differs. */
  readonly detect?: string;
  /** What `infer` says instead of a schema. @default - the error of `validate` */
  readonly infer?: 'a schema' | string;
}

const GOOD = 'id,name\n1,Ada\n2,Eve\n';
const NAMES = Array.from({ length: 5000 }, (_, index) => `c${index}`);

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const after = (...bytes: number[]): Buffer =>
  Buffer.concat([Buffer.from('id,name\n1,Ada\n2,'), Buffer.from(bytes)]);
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const gzip = gzipSync(GOOD);
const changed = (at: number): Buffer => {
  const copy = Buffer.from(gzip);
  copy[copy.length + at] = 255 - copy[copy.length + at]!;
  return copy;
};

const noText = (place: string, reason: string, rows = 0): string =>
  `encoding-error: ${place.replace(/^record (\d+)/, 'record $1 is not UTF-8 text in')}: ${reason}; ${rows} rows`;
const INVALID = 'an invalid byte at byte offset 16';
const UTF16 = 'it is UTF-16 (its byte order mark says so) at byte offset 0';

export const HOSTILE_FILES: readonly HostileFile[] = [
  { name: 'nothing', body: '', validate: 'empty-file: the file has no records; 0 rows' },
  {
    name: 'a byte order mark alone',
    body: '\ufeff',
    validate: 'empty-file: the file has no records; 0 rows',
  },
  {
    name: 'a line end alone',
    body: '\n',
    validate: 'blank-label: column 1 of the header has no name; 0 rows',
  },
  {
    name: 'delimiters alone',
    body: ',,\n,,\n',
    validate: 'blank-label: column 1 of the header has no name; 0 rows',
  },
  { name: 'a header alone', body: 'id,name', validate: 'valid, 0 rows', infer: 'a schema' },
  {
    name: 'CR at the ends of lines',
    body: GOOD.replaceAll('\n', '\r'),
    validate: 'valid, 2 rows',
    infer: 'a schema',
  },
  {
    name: 'every kind of line end',
    body: 'id,name\r\n1,Ada\n2,Eve\r3,Bob',
    validate: 'valid, 3 rows',
    infer: 'a schema',
  },
  { name: 'a CR as its last byte', body: 'id,name\r\n1,Ada\r', validate: 'valid, 1 rows', infer: 'a schema' },
  { name: 'Ctrl-Z at the end', body: `${GOOD}\x1a`, validate: '1 of 3 rows rejected', infer: 'a schema' },
  {
    name: 'other line ends of Unicode',
    body: 'id,name\n1,A\u0085\u2028\u000bda\n',
    validate: 'valid, 1 rows',
    infer: 'a schema',
  },
  {
    name: 'a NUL',
    body: 'id,name\n1,A\0da\n',
    validate: noText('record 2 cell 2', 'a NUL byte (as in UTF-16 or binary files) at byte offset 11'),
  },
  {
    name: 'a NUL first of all',
    body: '\0id,name\n',
    validate: noText('record 1 cell 1', 'a NUL byte (as in UTF-16 or binary files) at byte offset 0'),
  },
  {
    name: 'a broken character',
    body: after(0xc3, 0x28, 0x0a),
    validate: noText('record 3 cell 2', INVALID, 1),
    detect: 'valid, 2 rows',
  },
  {
    name: 'half a character at the end',
    body: after(0xe2, 0x82),
    validate: noText('record 3 cell 2', INVALID, 1),
  },
  {
    name: 'half of a surrogate pair',
    body: after(0xed, 0xa0, 0x80, 0x0a),
    validate: noText('record 3 cell 2', INVALID, 1),
    detect: 'valid, 2 rows',
  },
  {
    name: 'NUL in two bytes',
    body: after(0xc0, 0x80, 0x0a),
    validate: noText('record 3 cell 2', INVALID, 1),
    detect: 'valid, 2 rows',
  },
  {
    name: 'windows-1252',
    body: latin('id,name\n1,Ada\n2,K\xe4se \x80\n'),
    validate: noText('record 3 cell 2', 'an invalid byte at byte offset 17', 1),
    detect: 'valid, 2 rows',
  },
  { name: 'UTF-16', body: utf16(GOOD), validate: noText('record 1 cell 1', UTF16), detect: 'valid, 2 rows' },
  {
    name: 'UTF-16 in big endian without a mark',
    body: Buffer.from(GOOD, 'utf16le').swap16(),
    validate: noText('record 1 cell 1', 'a NUL byte (as in UTF-16 or binary files) at byte offset 0'),
    detect: 'valid, 2 rows',
  },
  {
    name: 'UTF-16 that lacks its last byte',
    body: utf16(GOOD).subarray(0, -1),
    validate: noText('record 1 cell 1', UTF16),
    detect:
      'encoding-error: record 3 is not UTF-16LE text in cell 2: the file ends inside a character at byte offset 40; 1 rows',
  },
  {
    name: 'a cell of 1 MB',
    body: `id,name\n1,${'x'.repeat(2 ** 20)}\n`,
    validate: 'valid, 1 rows',
    infer: 'a schema',
  },
  {
    name: 'a record of 17 MB',
    body: `id,name\n1,${'x'.repeat(17 * 2 ** 20)}\n`,
    validate:
      'record-too-large: record 2 is larger than 16777216 bytes; perhaps it opens a quote that is never closed; 0 rows',
  },
  {
    name: 'a quote that is never closed',
    body: 'id,name\n1,"Ada\n2,Eve\n',
    validate: 'unclosed-quote: record 2 opens a quote that is never closed; 0 rows',
  },
  {
    name: 'a quote in the header that is never closed',
    body: 'id,"name\n1,Ada\n',
    validate: 'unclosed-quote: record 1 opens a quote that is never closed; 0 rows',
  },
  {
    name: 'one quote',
    body: '"',
    validate: 'unclosed-quote: record 1 opens a quote that is never closed; 0 rows',
  },
  {
    name: 'quotes in the middle',
    body: 'id,name\n1,A"d"a\n2,"A"d"a"\n',
    validate: 'valid, 2 rows',
    infer: 'a schema',
  },
  {
    name: '5,000 columns',
    body: `${NAMES.join()}\n${NAMES.map(() => 1).join()}\n`,
    validate:
      'missing-label: the header lacks the fields "id", "name"; its columns 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, ' +
      '14, 15, 16, 17, 18, 19, 20 and 4980 more are no fields of the schema; 0 rows',
    infer: 'a schema',
  },
  {
    name: '20,000 columns',
    body: `${Array.from({ length: 20_000 }, (_, index) => index).join()}\n`,
    validate: 'too-many-columns: the header has 20000 columns, and a file can have 16384; 0 rows',
  },
  {
    name: 'two columns of a name',
    body: 'id,id\n1,2\n',
    validate: 'duplicate-label: columns 1 and 2 of the header have the same name; 0 rows',
  },
  {
    name: 'a column without a name',
    body: 'id, \n1,2\n',
    validate: 'blank-label: column 2 of the header has no name; 0 rows',
  },
  {
    name: "columns named like an object's own",
    body: 'constructor,__proto__\n1,2\n',
    validate:
      'missing-label: the header lacks the fields "id", "name"; its columns 1, 2 are no fields of the schema; 0 rows',
    infer: 'a schema',
  },
  {
    name: 'rows of other widths',
    body: 'id,name\n1\n2,Eve,x,y\n\n3,Bob\n',
    validate: '3 of 4 rows rejected',
    infer: 'a schema',
  },
  {
    name: 'a mark in the middle',
    body: 'id,name\n\ufeff1,Ada\n',
    validate: '1 of 1 rows rejected',
    infer: 'a schema',
  },
  { name: 'gzip without saying so', body: gzip, validate: 'valid, 2 rows', infer: 'a schema' },
  {
    name: 'gzip in two members',
    body: Buffer.concat([gzip, gzipSync('3,Bob\n')]),
    validate: 'valid, 3 rows',
    infer: 'a schema',
  },
  {
    name: 'gzip with zeros behind it',
    body: Buffer.concat([gzip, Buffer.alloc(512)]),
    validate: 'valid, 2 rows',
    infer: 'a schema',
  },
  {
    name: 'gzip with other bytes behind it',
    body: Buffer.concat([gzip, latin('garbage')]),
    validate: 'encoding-error: the file is no sound gzip: incorrect header check; 0 rows',
  },
  {
    name: 'gzip that breaks off',
    body: gzip.subarray(0, -6),
    validate: 'encoding-error: the file is no sound gzip: unexpected end of file; 2 rows',
  },
  {
    name: 'gzip that breaks off in its header',
    body: gzip.subarray(0, 10),
    validate: 'encoding-error: the file is no sound gzip: unexpected end of file; 0 rows',
  },
  {
    name: 'gzip with a wrong checksum',
    body: changed(-8),
    validate: 'encoding-error: the file is no sound gzip: incorrect data check; 0 rows',
  },
  { name: 'gzip of nothing', body: gzipSync(''), validate: 'empty-file: the file has no records; 0 rows' },
  {
    name: 'gzip that inflates a thousandfold',
    body: gzipSync(Buffer.alloc(20 * 2 ** 20, 0x61)),
    validate:
      'record-too-large: record 1 is larger than 16777216 bytes; perhaps it opens a quote that is never closed; 0 rows',
  },
  {
    name: 'gzip in gzip',
    body: gzipSync(gzip),
    validate: noText('record 1 cell 1', 'an invalid byte at byte offset 1'),
    detect:
      'encoding-error: record 1 is not WINDOWS-1252 text in cell 1: a NUL byte (as in UTF-16 or binary files) at byte offset 3; 0 rows',
  },
  {
    name: 'an image',
    body: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    validate: noText('record 1 cell 1', 'an invalid byte at byte offset 0'),
    detect:
      'missing-label: the header lacks the fields "id", "name"; its column 1 is no field of the schema; 0 rows',
  },
  {
    name: 'a web page',
    body: '<!doctype html>\n<html><body>1,2</body></html>\n',
    validate:
      'missing-label: the header lacks the fields "id", "name"; its column 1 is no field of the schema; 0 rows',
    infer: 'a schema',
  },
];
