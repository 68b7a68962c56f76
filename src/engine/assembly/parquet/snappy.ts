import { copy } from '../bits';

/*
 * Compresses in Snappy's raw format, step by step as snappy.ts of the host, to the same bytes: the last place of each hash
 * of four bytes is tried, with longer steps where nothing is found.
 */

/** A block is compressed by itself, so that a position in it takes 16 bits. */
const BLOCK_BYTES: u32 = 65536;
const HASH_BITS: u32 = 14;
const PLACES: usize = memory.data(2 << 14, 16);
/** A copy finds at least that many bytes. */
const SHORTEST_COPY: u32 = 4;
/** Bytes at the end of a block in which no copy begins. */
const MARGIN: u32 = 15;

/** Compresses bytes to a place with room for 32 bytes, a sixth, and 64 bytes more. Gives how many they are then. */
export function compressSnappy(input: u32, length: u32, output: u32): u32 {
  let put = output;
  let left = length;
  for (; left >= 0x80; left >>= 7) store<u8>(put++, <u8>(left | 0x80));
  store<u8>(put++, <u8>left);
  for (let done: u32 = 0; done < length; done += BLOCK_BYTES) {
    memory.fill(PLACES, 0, 2 << HASH_BITS);
    put = compressBlock(input + done, input + min(length, done + BLOCK_BYTES), put);
  }
  return put - output;
}

function compressBlock(block: u32, end: u32, output: u32): u32 {
  let put = output;
  let literal = block;
  if (end - block > MARGIN) {
    const last = end - MARGIN;
    let at = block + 1;
    let misses: u32 = 32;
    while (at < last) {
      const word = load<u32>(at);
      const place = PLACES + (<usize>((word * 0x1e35a7bd) >> (32 - HASH_BITS)) << 1);
      const candidate = block + <u32>load<u16>(place);
      store<u16>(place, <u16>(at - block));
      if (candidate == at || load<u32>(candidate) != word) {
        at += misses++ >> 5;
        continue;
      }
      const length = matchLength(candidate, at, end);
      put = writeLiteral(literal, at - literal, put);
      put = writeCopy(put, at - candidate, length);
      at += length;
      literal = at;
      misses = 32;
    }
  }
  return writeLiteral(literal, end - literal, put);
}

/** Bytes that are the same at both places, of which four are; the second place ends with the block. */
// @ts-ignore: decorator
@inline
function matchLength(candidate: u32, at: u32, end: u32): u32 {
  let length = SHORTEST_COPY;
  while (at + length < end) {
    const differs = load<u64>(candidate + length) ^ load<u64>(at + length);
    if (differs != 0) return min(length + <u32>(ctz(differs) >> 3), end - at);
    length += 8;
  }
  return min(length, end - at);
}

// @ts-ignore: decorator
@inline
function writeLiteral(from: u32, length: u32, output: u32): u32 {
  if (length == 0) return output;
  let put = output;
  const tag = length - 1;
  if (tag < 60) {
    store<u8>(put++, <u8>(tag << 2));
  } else if (tag < 256) {
    store<u8>(put, 60 << 2);
    store<u8>(put, <u8>tag, 1);
    put += 2;
  } else {
    store<u8>(put, 61 << 2);
    store<u16>(put, <u16>tag, 1);
    put += 3;
  }
  copy(put, from, length);
  return put + length;
}

/** A copy tells up to 64 bytes; a longer one is told in pieces, of which the last has at least four. */
// @ts-ignore: decorator
@inline
function writeCopy(output: u32, offset: u32, length: u32): u32 {
  let put = output;
  let left = length;
  for (; left >= 68; left -= 64) put = writeCopyOf(put, offset, 64);
  if (left > 64) {
    put = writeCopyOf(put, offset, 60);
    left -= 60;
  }
  return writeCopyOf(put, offset, left);
}

// @ts-ignore: decorator
@inline
function writeCopyOf(put: u32, offset: u32, length: u32): u32 {
  if (length < 12 && offset < 2048) {
    store<u8>(put, <u8>(1 | ((length - 4) << 2) | ((offset >> 8) << 5)));
    store<u8>(put, <u8>offset, 1);
    return put + 2;
  }
  store<u8>(put, <u8>(2 | ((length - 1) << 2)));
  store<u16>(put, <u16>offset, 1);
  return put + 3;
}
