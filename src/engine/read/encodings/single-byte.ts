import { NUL_REASON, type PieceDecoder } from './text-decoder';

/**
 * Characters of windows-1252 from 0x80 to 0x9f; the five bytes without one stand for C1 controls, as browsers have it
 * (https://encoding.spec.whatwg.org/#windows-1252).
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const FIRST = 0x80;

/** Every byte is a character. */
export function singleByteDecoder(encoding: 'windows-1252' | 'iso-8859-1'): PieceDecoder {
  let offset = 0;
  const text = encoding === 'windows-1252' ? windows1252Text : latin1Text;
  return {
    decode: (piece) => {
      const nul = piece.indexOf(0);
      const good = nul < 0 ? piece : piece.subarray(0, nul);
      const utf8 = Buffer.from(text(good), 'utf8');
      const fault = nul < 0 ? undefined : { byteOffset: offset + nul, reason: NUL_REASON };
      offset += piece.length;
      return { utf8, fault };
    },
    end: () => ({ utf8: Buffer.alloc(0) }),
  };
}

function latin1Text(bytes: Buffer): string {
  return bytes.toString('latin1');
}

function windows1252Text(bytes: Buffer): string {
  return latin1Text(bytes).replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - FIRST]);
}
