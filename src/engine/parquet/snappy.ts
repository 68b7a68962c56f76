/** A block is compressed by itself, so that a position in it takes 16 bits. */
const BLOCK_BYTES = 65_536;
const HASH_BITS = 14;
/** A copy finds at least that many bytes. */
const SHORTEST_COPY = 4;
/** Bytes at the end of a block in which no copy begins, so that four of them can be read at each place. */
const MARGIN = 15;

/**
 * Compresses in Snappy's raw format (https://github.com/google/snappy/blob/main/format_description.txt), as Parquet has it,
 * by the method of the reference implementation: the last place of each hash of four bytes is tried, with longer steps
 * where nothing is found.
 */
export function compressSnappy(input: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(32 + input.length + Math.floor(input.length / 6));
  const view = new DataView(input.buffer, input.byteOffset, input.length);
  const places = new Uint16Array(1 << HASH_BITS);
  let put = writeLength(out, input.length);
  for (let block = 0; block < input.length; block += BLOCK_BYTES) {
    places.fill(0);
    put = compressBlock(input, view, block, Math.min(input.length, block + BLOCK_BYTES), out, put, places);
  }
  return out.subarray(0, put);
}

function writeLength(out: Buffer, length: number): number {
  let put = 0;
  let left = length;
  for (; left >= 0x80; left >>>= 7) out[put++] = (left & 0x7f) | 0x80;
  out[put++] = left;
  return put;
}

function compressBlock(
  input: Uint8Array,
  view: DataView,
  block: number,
  end: number,
  out: Buffer,
  from: number,
  places: Uint16Array,
): number {
  const last = end - MARGIN;
  let put = from;
  let literal = block;
  let at = block + 1;
  let misses = 32;
  while (at < last) {
    const word = view.getInt32(at, true);
    const hash = Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS);
    const candidate = block + places[hash];
    places[hash] = at - block;
    if (candidate === at || view.getInt32(candidate, true) !== word) {
      at += misses++ >>> 5;
      continue;
    }
    let length = SHORTEST_COPY;
    while (at + length < end && input[candidate + length] === input[at + length]) length++;
    put = writeLiteral(input, literal, at, out, put);
    put = writeCopy(out, put, at - candidate, length);
    at += length;
    literal = at;
    misses = 32;
  }
  return writeLiteral(input, literal, end, out, put);
}

function writeLiteral(input: Uint8Array, from: number, to: number, out: Buffer, at: number): number {
  const length = to - from;
  if (length === 0) return at;
  let put = at;
  const tag = length - 1;
  if (tag < 60) {
    out[put++] = tag << 2;
  } else if (tag < 256) {
    out[put++] = 60 << 2;
    out[put++] = tag;
  } else {
    out[put++] = 61 << 2;
    out[put++] = tag & 0xff;
    out[put++] = tag >>> 8;
  }
  out.set(input.subarray(from, to), put);
  return put + length;
}

/** A copy tells up to 64 bytes; a longer one is told in pieces, of which the last has at least four. */
function writeCopy(out: Buffer, at: number, offset: number, length: number): number {
  let put = at;
  let left = length;
  for (; left >= 68; left -= 64) put = writeCopyOf(out, put, offset, 64);
  if (left > 64) {
    put = writeCopyOf(out, put, offset, 60);
    left -= 60;
  }
  return writeCopyOf(out, put, offset, left);
}

function writeCopyOf(out: Buffer, at: number, offset: number, length: number): number {
  if (length < 12 && offset < 2048) {
    out[at] = 1 | ((length - 4) << 2) | ((offset >>> 8) << 5);
    out[at + 1] = offset & 0xff;
    return at + 2;
  }
  out[at] = 2 | ((length - 1) << 2);
  out[at + 1] = offset & 0xff;
  out[at + 2] = offset >>> 8;
  return at + 3;
}
