/** Bit i of the result is set where byte i of the vector equals. */
// @ts-ignore: decorator
@inline
export function equalMask(bytes: v128, byte: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(bytes, byte));
}

/** Bit i is set where byte i at the place is a digit, for 16 bytes. */
// @ts-ignore: decorator
@inline
export function digitMask(at: usize): u32 {
  return <u32>i8x16.bitmask(i8x16.lt_u(i8x16.sub(v128.load(at), i8x16.splat(0x30)), i8x16.splat(10)));
}

/** 16 bytes of ones, then 16 of zeros: loaded from 16 - n they let n bytes pass. */
const LENGTH_MASKS: usize = memory.data<u64>([-1, -1, 0, 0], 32);

/** Lets the first bytes of a vector pass, 16 at most. */
// @ts-ignore: decorator
@inline
export function maskOf(length: u32): v128 {
  return v128.load(LENGTH_MASKS + 16 - min(length, 16));
}

/** The first bytes at a place, 16 at most, zeros behind them. */
// @ts-ignore: decorator
@inline
export function firstBytes(at: usize, length: u32): v128 {
  return v128.and(v128.load(at), maskOf(length));
}

/** The last 16 bytes of so many; where there are fewer, all of them with zeros behind. The mask is that of the length. */
// @ts-ignore: decorator
@inline
export function lastBytes(at: usize, length: u32, mask: v128): v128 {
  return v128.and(v128.load(at + max(length, 16) - 16), mask);
}

/** One bit for each of so many bytes, 32 at most. */
// @ts-ignore: decorator
@inline
export function bitsOf(length: u32): u32 {
  return <u32>((<u64>1 << <u64>length) - 1);
}

/** The number that up to 8 digits are. */
// @ts-ignore: decorator
@inline
export function parseDigits8(at: usize, length: u32): u64 {
  return length == 0 ? 0 : digitsOf(load<u64>(at), length);
}

/** The number that the first 1 to 8 of the bytes are, which are digits. */
// @ts-ignore: decorator
@inline
export function digitsOf(bytes: u64, length: u32): u64 {
  const unused = <u64>(64 - length * 8);
  // The bytes that are shifted in are zeros before the number.
  return digitsOf8((bytes << unused) - (ZEROS << unused));
}

/** The digit 0, eight times. */
const ZEROS: u64 = 0x3030303030303030;

/** The first 1 to 8 of the bytes, with zeros before them. */
// @ts-ignore: decorator
@inline
export function digitText(bytes: u64, length: u32): u64 {
  const unused = <u64>(64 - length * 8);
  return (bytes << unused) | (((<u64>1 << unused) - 1) & ZEROS);
}

/** Whether all bytes of a text are digits: their high halves are 3, also with 6 added to them. */
// @ts-ignore: decorator
@inline
export function areDigits(text: u64): bool {
  const high: u64 = 0xf0f0f0f0f0f0f0f0;
  return ((text & high) | (((text + 0x0606060606060606) & high) >> 4)) == 0x3333333333333333;
}

/** The number that a text of digits is. */
// @ts-ignore: decorator
@inline
export function numberOf(text: u64): u64 {
  return digitsOf8(text - ZEROS);
}

/** The number that eight digits are, each from 0 to 9. */
// @ts-ignore: decorator
@inline
function digitsOf8(bytes: u64): u64 {
  const digits = bytes * 10 + (bytes >> 8);
  return (
    ((digits & 0x000000ff000000ff) * 0x000f424000000064 +
      ((digits >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
    32
  );
}

/** The number that up to 16 digits are. */
// @ts-ignore: decorator
@inline
export function parseDigits(at: usize, length: u32): u64 {
  if (length <= 8) return parseDigits8(at, length);
  return parseDigits8(at, length - 8) * 100000000 + parseDigits8(at + length - 8, 8);
}

/** The coefficient of 8 bytes at most that are digits around one point: what stands there without it. */
// @ts-ignore: decorator
@inline
export function parseAroundPoint(at: usize, length: u32, whole: u32): u64 {
  const bytes = load<u64>(at);
  const before = (<u64>1 << <u64>(whole << 3)) - 1;
  return digitsOf((bytes & before) | ((bytes >> 8) & ~before), length - 1);
}

/** Copies bytes 16 at a time: writes, and reads, up to 31 bytes beyond the end. */
// @ts-ignore: decorator
@inline
export function copy(to: usize, from: usize, length: u32): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  if (length <= 32) return;
  v128.store(to, v128.load(from, 32), 32);
  for (let done: u32 = 48; done < length; done += 16) v128.store(to + done, v128.load(from + done));
}
