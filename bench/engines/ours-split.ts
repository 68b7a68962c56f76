import { closeSync, openSync, readSync } from 'node:fs';
import { DEFAULT_DIALECT, type SplitGuess, type SplitGuesses, SplitSearch } from '../../src/engine';
import type { WorkResult } from '../work';

const PIECE_BYTES = 1024 * 1024;
const LF = 0x0a;
const QUOTE = 0x22;

/** Finds where records begin in each piece by itself, as several processes would, then puts the pieces together. */
export function split(file: string): WorkResult {
  const search = SplitSearch.of(DEFAULT_DIALECT)!;
  const descriptor = openSync(file, 'r');
  const piece = search.room(PIECE_BYTES);
  const pieces: SplitGuesses[] = [];
  let before = LF;
  let kept = 0;
  for (;;) {
    const length = kept + readSync(descriptor, piece, kept, PIECE_BYTES - kept, null);
    if (length === kept) break;
    const end = cutBefore(piece, length);
    pieces.push(search.search(piece.subarray(0, end), before));
    before = piece[end - 1];
    kept = piece.copy(piece, 0, end, length);
  }
  closeSync(descriptor);
  return { rowsRead: recordsOf(pieces) - 1, rowsWritten: null };
}

/** A cut may be anywhere but behind a quote. */
function cutBefore(piece: Buffer, end: number): number {
  let cut = end;
  while (cut > 1 && piece[cut - 1] === QUOTE) cut--;
  return cut;
}

function recordsOf(pieces: readonly SplitGuesses[]): number {
  let inQuotes = false;
  let records = 0;
  for (const guesses of pieces) {
    const right: SplitGuess = inQuotes ? guesses.inQuotes : guesses.outside;
    records += right.records;
    inQuotes = right.endsInQuotes;
  }
  return records;
}
