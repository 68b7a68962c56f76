import type { DecodedPiece, PieceDecoder, TextFault } from './text-decoder';

const UNIT_BYTES = 2;

/** Code units of two bytes; characters beyond the basic plane are pairs of them (RFC 2781). */
export function utf16Decoder(bigEndian: boolean): PieceDecoder {
  /** Bytes of a character that the last piece broke off in. */
  let carried: Buffer = Buffer.alloc(0);
  let offset = 0;

  const decode = (piece: Buffer): DecodedPiece => {
    const bytes = Buffer.concat([carried, piece]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % UNIT_BYTES));
    if (bigEndian) whole.swap16();
    let text = whole.toString('utf16le');
    if (isHighSurrogate(text.charCodeAt(text.length - 1))) text = text.slice(0, -1);
    const taken = text.length * UNIT_BYTES;
    carried = Buffer.from(bytes.subarray(taken));
    // What is carried is decoded once more.
    if (bigEndian && taken < whole.length) carried.subarray(0, UNIT_BYTES).swap16();
    const found = faultIn(text);
    if (!found) {
      offset += taken;
      return { utf8: Buffer.from(text, 'utf8') };
    }
    const fault = { byteOffset: offset + found.unit * UNIT_BYTES, reason: found.reason };
    return { utf8: Buffer.from(text.slice(0, found.unit), 'utf8'), fault };
  };

  return {
    decode,
    end: () => {
      const utf8 = Buffer.alloc(0);
      if (carried.length === 0) return { utf8 };
      const fault: TextFault = { byteOffset: offset, reason: 'the file ends inside a character' };
      return { utf8, fault };
    },
  };
}

/** A surrogate without its other half. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** The first code unit that is no text. */
function faultIn(text: string): { readonly unit: number; readonly reason: string } | undefined {
  const nul = text.indexOf('\0');
  const lone = text.search(LONE);
  if (lone >= 0 && (nul < 0 || lone < nul)) return { unit: lone, reason: 'half of a surrogate pair' };
  return nul < 0 ? undefined : { unit: nul, reason: 'a NUL character (as in binary files)' };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
