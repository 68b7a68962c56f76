import { type Decimal, formatDecimal } from '../../spec/decimal';
import type { FieldSpec } from '../../spec/table-schema';
import { valueReader } from '../../spec/values/value-reader';
import { isPlainNumber } from '../parquet/cell-values';
import type { ByteWriter } from '../write/byte-writer';

/**
 * Writes the JSON of the cell `data[start .. end)`, which is not missing, to `out.chunk`, where there is room for it. Gives
 * false where the cell is no value of its column.
 */
export type WriteJson = (data: Buffer, start: number, end: number, out: ByteWriter) => boolean;

/** Bytes of JSON that a byte of a cell takes at most, and those that each cell takes beside them. */
export const MOST_JSON_BYTES = 6;
export const JSON_CELL_BYTES = 16;

const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

/** Text that stands for a byte, where it cannot stand for itself (RFC 8259, section 7). */
const ESCAPES: ReadonlyArray<string | undefined> = Array.from({ length: 256 }, (_, byte) => {
  const text = String.fromCharCode(byte);
  const escaped = JSON.stringify(text).slice(1, -1);
  return byte < 0x80 && escaped !== text ? escaped : undefined;
});
const IS_ESCAPED = Uint8Array.from(ESCAPES, (escape) => (escape === undefined ? 0 : 1));

/** Longer numbers are read as text: the reader has a bound. */
const MOST_DIGITS = 100;

/** How cells of a field are written. */
export function writeJson(field: FieldSpec): WriteJson {
  switch (field.type) {
    case 'integer':
    case 'number':
      return numberWriter(field);
    case 'boolean': {
      const values = valueReader(field);
      return (data, start, end, out) => {
        const value = values.read(data.toString('utf8', start, end));
        if (value !== undefined) writeAscii(String(value), out);
        return value !== undefined;
      };
    }
    default:
      return writeText;
  }
}

function numberWriter(field: FieldSpec): WriteJson {
  const values = valueReader(field);
  const isPlain = isPlainNumber(field);
  const takesPoint = field.type === 'number';
  return (data, start, end, out) => {
    if (isPlain && isCanonical(data, start, end, takesPoint)) {
      copy(data, start, end, out);
      return true;
    }
    const value = values.read(data.toString('utf8', start, end)) as Decimal | number | undefined;
    if (value === undefined) return false;
    // JSON has no NaN and no infinity: they are texts.
    if (typeof value === 'number') return writeText(data, start, end, out);
    const digits = formatDecimal(value);
    out.reserve(digits.length + JSON_CELL_BYTES);
    writeAscii(digits, out);
    return true;
  };
}

/** Whether the bytes are a number just as it is written: digits that do not begin with a zero too many, and a fraction. */
function isCanonical(data: Buffer, start: number, end: number, takesPoint: boolean): boolean {
  const negative = data[start] === MINUS;
  const first = negative ? start + 1 : start;
  if (end - first > MOST_DIGITS) return false;
  let whole = first;
  while (whole < end && isDigit(data[whole])) whole++;
  if (whole === first || (data[first] === ZERO && (whole - first > 1 || negative))) return false;
  if (whole === end) return true;
  if (!takesPoint || data[whole] !== POINT || whole + 1 === end) return false;
  for (let at = whole + 1; at < end; at++) if (!isDigit(data[at])) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

function writeText(data: Buffer, start: number, end: number, out: ByteWriter): boolean {
  const { chunk } = out;
  let put = out.length;
  chunk[put++] = QUOTE;
  for (let at = start; at < end; at++) {
    const byte = data[at];
    if (IS_ESCAPED[byte] === 0) chunk[put++] = byte;
    else put += chunk.write(ESCAPES[byte]!, put, 'latin1');
  }
  chunk[put++] = QUOTE;
  out.length = put;
  return true;
}

function copy(data: Buffer, start: number, end: number, out: ByteWriter): void {
  const { chunk } = out;
  let put = out.length;
  for (let at = start; at < end; at++) chunk[put++] = data[at];
  out.length = put;
}

function writeAscii(text: string, out: ByteWriter): void {
  out.length += out.chunk.write(text, out.length, 'latin1');
}
