import { copy, lastBytes, maskOf } from '../bits';
import { boundDecimal, boundNumber, boundText } from './bounds';
import { ParquetColumn } from './column';

/*
 * Views of a column: how a value of its physical type is found, stored as PLAIN has it, told from others, and bounded.
 * Whatever works on values is written once and compiled for each of them.
 */

/** Spreads bits over 64. */
const FIRST_FACTOR: u64 = 0x9e3779b97f4a7c15;
const SECOND_FACTOR: u64 = 0xc2b2ae3d27d4eb4f;

// @ts-ignore: decorator
@inline
function mixed(bits: u64): u64 {
  const product = bits * FIRST_FACTOR;
  return product ^ (product >> 32);
}

/** Values of a fixed width, which were read from the cells. */
@unmanaged
class FixedValues extends ParquetColumn {
  // @ts-ignore: decorator
  @inline isLong(length: u32, pageBytes: u32): bool {
    return false;
  }
}

@unmanaged
export class BooleanValues extends FixedValues {
  // @ts-ignore: decorator
  @inline isInteger(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline integerAt(at: usize): i64 {
    return 0;
  }
  // @ts-ignore: decorator
  @inline put(to: usize, at: usize, length: u32): void {}
  // @ts-ignore: decorator
  @inline size(length: u32): u32 {
    return 1;
  }
  /** Bits are packed when the page is written. */
  // @ts-ignore: decorator
  @inline append(values: u32, bytes: u32, at: usize, length: u32): void {
    store<u16>(<usize>this.page + (<usize>values << 1), load<u8>(at));
  }
  // @ts-ignore: decorator
  @inline bound(at: usize, length: u32): void {
    boundNumber(this, load<u8>(at));
  }
}

@unmanaged
export class Int32Values extends FixedValues {
  // @ts-ignore: decorator
  @inline isInteger(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline integerAt(at: usize): i64 {
    return load<i32>(at);
  }
  // @ts-ignore: decorator
  @inline size(length: u32): u32 {
    return 4;
  }
  // @ts-ignore: decorator
  @inline append(values: u32, bytes: u32, at: usize, length: u32): void {
    this.put(<usize>this.page + bytes, at, length);
  }
  // @ts-ignore: decorator
  @inline put(to: usize, at: usize, length: u32): void {
    store<u32>(to, load<u32>(at));
  }
  // @ts-ignore: decorator
  @inline bound(at: usize, length: u32): void {
    boundNumber(this, load<i32>(at));
  }
  // @ts-ignore: decorator
  @inline hash(at: usize, length: u32): u64 {
    return mixed(load<u32>(at));
  }
  // @ts-ignore: decorator
  @inline equals(entry: usize, at: usize, length: u32): bool {
    return load<u32>(entry) == load<u32>(at);
  }
  // @ts-ignore: decorator
  @inline surelyEquals(entry: usize, at: usize, length: u32): u32 {
    return this.equals(entry, at, length) ? 1 : 0;
  }
}

@unmanaged
export class Int64Values extends FixedValues {
  // @ts-ignore: decorator
  @inline isInteger(): bool {
    return true;
  }
  // @ts-ignore: decorator
  @inline integerAt(at: usize): i64 {
    return load<i64>(at);
  }
  // @ts-ignore: decorator
  @inline size(length: u32): u32 {
    return 8;
  }
  // @ts-ignore: decorator
  @inline append(values: u32, bytes: u32, at: usize, length: u32): void {
    this.put(<usize>this.page + bytes, at, length);
  }
  // @ts-ignore: decorator
  @inline put(to: usize, at: usize, length: u32): void {
    store<u64>(to, load<u64>(at));
  }
  // @ts-ignore: decorator
  @inline bound(at: usize, length: u32): void {
    boundNumber(this, load<i64>(at));
  }
  // @ts-ignore: decorator
  @inline hash(at: usize, length: u32): u64 {
    return mixed(load<u64>(at));
  }
  // @ts-ignore: decorator
  @inline equals(entry: usize, at: usize, length: u32): bool {
    return load<u64>(entry) == load<u64>(at);
  }
  // @ts-ignore: decorator
  @inline surelyEquals(entry: usize, at: usize, length: u32): u32 {
    return this.equals(entry, at, length) ? 1 : 0;
  }
}

/** Decimals of 16 bytes. */
@unmanaged
export class WideDecimalValues extends FixedValues {
  // @ts-ignore: decorator
  @inline isInteger(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline integerAt(at: usize): i64 {
    return 0;
  }
  // @ts-ignore: decorator
  @inline size(length: u32): u32 {
    return 16;
  }
  // @ts-ignore: decorator
  @inline append(values: u32, bytes: u32, at: usize, length: u32): void {
    this.put(<usize>this.page + bytes, at, length);
  }
  // @ts-ignore: decorator
  @inline put(to: usize, at: usize, length: u32): void {
    v128.store(to, v128.load(at));
  }
  // @ts-ignore: decorator
  @inline bound(at: usize, length: u32): void {
    boundDecimal(this, at);
  }
  // @ts-ignore: decorator
  @inline hash(at: usize, length: u32): u64 {
    return mixed(mixed(load<u64>(at)) ^ load<u64>(at, 8));
  }
  // @ts-ignore: decorator
  @inline equals(entry: usize, at: usize, length: u32): bool {
    return load<u64>(entry) == load<u64>(at) && load<u64>(entry, 8) == load<u64>(at, 8);
  }
  // @ts-ignore: decorator
  @inline surelyEquals(entry: usize, at: usize, length: u32): u32 {
    return this.equals(entry, at, length) ? 1 : 0;
  }
}

@unmanaged
export class TextValues extends ParquetColumn {
  // @ts-ignore: decorator
  @inline isInteger(): bool {
    return false;
  }
  // @ts-ignore: decorator
  @inline integerAt(at: usize): i64 {
    return 0;
  }
  // @ts-ignore: decorator
  @inline size(length: u32): u32 {
    return 4 + length;
  }
  /** A text that is longer than a page has one of its own, which the host makes. */
  // @ts-ignore: decorator
  @inline isLong(length: u32, pageBytes: u32): bool {
    return length > pageBytes;
  }
  // @ts-ignore: decorator
  @inline append(values: u32, bytes: u32, at: usize, length: u32): void {
    this.put(<usize>this.page + bytes, at, length);
  }
  // @ts-ignore: decorator
  @inline put(to: usize, at: usize, length: u32): void {
    store<u32>(to, length);
    copy(to + 4, at, length);
  }
  // @ts-ignore: decorator
  @inline bound(at: usize, length: u32): void {
    boundText(this, at, length);
  }
  // @ts-ignore: decorator
  @inline hash(at: usize, length: u32): u64 {
    const mask = maskOf(length);
    const first = v128.and(v128.load(at), mask);
    const last = lastBytes(at, length, mask);
    // Up to 16 bytes the last ones are the first ones.
    const low = <u64>i64x2.extract_lane(first, 0) + rotl<u64>(<u64>i64x2.extract_lane(last, 0), 23) + length;
    const high = <u64>i64x2.extract_lane(first, 1) + rotl<u64>(<u64>i64x2.extract_lane(last, 1), 41);
    const product = low * FIRST_FACTOR;
    const hash = (product ^ (product >> 32)) + high * SECOND_FACTOR;
    return mixed(length > 32 ? hashOfRest(at, length, hash) : hash);
  }
  /** Compares 32 bytes without any branch: false says nothing about longer texts. */
  // @ts-ignore: decorator
  @inline surelyEquals(entry: usize, at: usize, length: u32): u32 {
    const mask = maskOf(length);
    const last = <usize>(max(length, 16) - 16);
    const text = entry + 4;
    const differs = v128.or(
      v128.xor(v128.load(text), v128.load(at)),
      v128.xor(v128.load(text + last), v128.load(at + last)),
    );
    return (
      <u32>(load<u32>(entry) == length) & <u32>(length <= 32) & <u32>!v128.any_true(v128.and(differs, mask))
    );
  }
  // @ts-ignore: decorator
  @inline equals(entry: usize, at: usize, length: u32): bool {
    if (load<u32>(entry) != length) return false;
    const differs = v128.xor(v128.load(entry, 4), v128.load(at));
    if (v128.any_true(v128.and(differs, maskOf(length)))) return false;
    return length <= 16 || restEquals(entry + 4, at, length);
  }
}

/** What lies between the first 16 bytes and the last. */
function hashOfRest(at: usize, length: u32, first: u64): u64 {
  let hash = first;
  for (let done: u32 = 16; done < length - 16; done += 16) {
    hash = (hash ^ load<u64>(at + done)) * SECOND_FACTOR;
    hash = mixed((hash ^ (hash >> 29)) + load<u64>(at + done, 8));
  }
  return hash;
}

function restEquals(a: usize, b: usize, length: u32): bool {
  for (let done: u32 = 16; done < length; done += 16) {
    const place = <usize>min(done, length - 16);
    if (v128.any_true(v128.xor(v128.load(a + place), v128.load(b + place)))) return false;
  }
  return true;
}
