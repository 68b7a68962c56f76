import { singleByteDecoder } from './single-byte';
import { utf16Decoder } from './utf16';
import type { Encoding } from '../../../spec/dialect-spec';

/** What is no text, by its place in the bytes of the encoding. */
export interface TextFault {
  readonly byteOffset: number;
  readonly reason: string;
}

/** A piece of text as UTF-8; behind it comes the fault, where there is one. */
export interface DecodedPiece {
  readonly utf8: Buffer;
  readonly fault?: TextFault;
}

/** Decodes a file piece by piece. After a fault it is not asked again. */
export interface PieceDecoder {
  decode(piece: Buffer): DecodedPiece;
  /** What is left at the end of the file. */
  end(): DecodedPiece;
}

/** The decoder of an encoding that is not UTF-8. */
export function decoderOf(encoding: Exclude<Encoding, 'utf-8'>): PieceDecoder {
  return encoding === 'utf-16le' || encoding === 'utf-16be'
    ? utf16Decoder(encoding === 'utf-16be')
    : singleByteDecoder(encoding);
}

export const NUL_REASON = 'a NUL byte (as in UTF-16 or binary files)';
