import { BLOCK } from './layout';

/*
 * Where records end in a piece of a file that begins anywhere: nobody knows whether its first byte stands inside quotes,
 * so both guesses are followed in one pass. Whoever puts the pieces together knows which one was right.
 */

const LF: u8 = 0x0a;
const CR: u8 = 0x0d;

/** What follows from a guess. */
@unmanaged
class Guess {
  inQuotes: bool;
  /** Where the last quote that closed a cell stands. */
  closed: u32;
  /** Newlines outside quotes, a CRLF as one. */
  records: u32;
  /** The place behind the first of them; 0 where there is none. */
  boundary: u32;
}

const OUTSIDE: usize = memory.data(16, 16);
const INSIDE: usize = memory.data(16, 16);

/** Gives the two guesses after `searchSplit`: records, boundary and whether it ends in quotes. */
export function splitRecords(inQuotes: bool): u32 {
  return guess(inQuotes).records;
}

export function splitBoundary(inQuotes: bool): u32 {
  return guess(inQuotes).boundary;
}

export function splitEndsInQuotes(inQuotes: bool): bool {
  return guess(inQuotes).inQuotes;
}

function guess(inQuotes: bool): Guess {
  return changetype<Guess>(inQuotes ? INSIDE : OUTSIDE);
}

/** Follows both guesses through the text. The byte before it is there, is no quote, and tells whether a cell begins. */
export function searchSplit(delimiter: u32, quote: u32, from: u32, to: u32): void {
  const outside = guess(false);
  const inside = guess(true);
  outside.inQuotes = false;
  inside.inQuotes = true;
  outside.closed = inside.closed = outside.records = inside.records = outside.boundary = inside.boundary = 0;
  const quotes = i8x16.splat(<u8>quote);
  // A LF that follows a CR belongs to it; at the very beginning only where the CR was a newline.
  let afterReturn: u64 = 0;
  const first: u64 = load<u8>(from - 1) == CR && load<u8>(from) == LF && from < to ? 1 : 0;
  for (let at = from; at < to; at += BLOCK) {
    const returns = mask64(at, i8x16.splat(CR));
    const feeds = mask64(at, i8x16.splat(LF)) & ~((returns << 1) | afterReturn);
    afterReturn = returns >> 63;
    let newlines = returns | feeds;
    let marks = mask64(at, quotes);
    if (to - at < BLOCK) {
      const rest = (<u64>1 << <u64>(to - at)) - 1;
      newlines &= rest;
      marks &= rest;
    }
    let left: u64 = -1;
    for (; marks != 0; marks &= marks - 1) {
      const bit = marks & -marks;
      const before = newlines & left & (bit - 1);
      const position = at + <u32>ctz(marks);
      count(outside, at, before & ~(at == from ? first : 0));
      count(inside, at, before);
      meetQuote(outside, delimiter, position);
      meetQuote(inside, delimiter, position);
      left = ~(bit | (bit - 1));
    }
    count(outside, at, newlines & left & ~(at == from ? first : 0));
    count(inside, at, newlines & left);
  }
}

// @ts-ignore: decorator
@inline
function count(guess: Guess, at: u32, newlines: u64): void {
  if (guess.inQuotes || newlines == 0) return;
  if (guess.records == 0) {
    const newline = at + <u32>ctz(newlines);
    guess.boundary = newline + (load<u8>(newline) == CR && load<u8>(newline + 1) == LF ? 2 : 1);
  }
  guess.records += <u32>popcnt(newlines);
}

/** A quote opens a cell at its beginning, or again behind the quote that has just closed it; elsewhere it is text. */
// @ts-ignore: decorator
@inline
function meetQuote(guess: Guess, delimiter: u32, position: u32): void {
  if (guess.inQuotes) {
    guess.inQuotes = false;
    guess.closed = position;
    return;
  }
  const before = load<u8>(position - 1);
  guess.inQuotes = before == delimiter || before == LF || before == CR || guess.closed == position - 1;
}

// @ts-ignore: decorator
@inline
function mask64(at: u32, byte: v128): u64 {
  const low =
    <u32>i8x16.bitmask(i8x16.eq(v128.load(at), byte)) |
    (<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 16), byte)) << 16);
  const high =
    <u32>i8x16.bitmask(i8x16.eq(v128.load(at, 32), byte)) |
    (<u32>i8x16.bitmask(i8x16.eq(v128.load(at, 48), byte)) << 16);
  return <u64>low | (<u64>high << 32);
}
