import { dateOfDay, isoDayNumber, SECONDS_OF_DAY, type TimeZone } from '../../spec/dates';

const ZERO = 0x30;
const HYPHEN = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** Bytes of a time: without an offset, with `Z`, and with hours and minutes of an offset. */
const LOCAL_BYTES = 19;
const UTC_BYTES = 20;
const OFFSET_BYTES = 25;

/**
 * Converts times of the common shape, `YYYY-MM-DDThh:mm:ss` and maybe `Z` or an offset, by their bytes. Whatever is
 * written otherwise, wrong, or rare (leap seconds, fractions, days on which clocks change) is left to the full definition.
 */
export class IsoTimeConverter {
  private readonly written = Buffer.alloc(OFFSET_BYTES);
  /** The day whose date is written. */
  private day = NaN;

  constructor(
    private readonly source: TimeZone | undefined,
    private readonly target: TimeZone,
  ) {}

  /** The time in `data[start .. end)` as the target's clocks show it, until the next call; undefined where it is left. */
  convert(data: Buffer, start: number, end: number): Buffer | undefined {
    const instant = this.instantOf(data, start, end - start);
    if (Number.isNaN(instant)) return undefined;
    const offset = this.target.offsetAt(instant);
    return offset % 60 === 0 ? this.write(instant + offset, offset / 60) : undefined;
  }

  private instantOf(data: Buffer, start: number, length: number): number {
    if (data[start + 10] !== LETTER_T || data[start + 13] !== COLON || data[start + 16] !== COLON) return NaN;
    const clock =
      twoDigits(data, start + 11, 24) * 3600 +
      twoDigits(data, start + 14, 60) * 60 +
      twoDigits(data, start + 17, 60);
    const local = isoDayNumber(data, start, start + 10) * SECONDS_OF_DAY + clock;
    if (Number.isNaN(local)) return NaN;
    switch (length) {
      case LOCAL_BYTES:
        return this.source ? this.source.steadyInstantOf(local) : NaN;
      case UTC_BYTES:
        return data[start + 19] === LETTER_Z ? local : NaN;
      case OFFSET_BYTES:
        return local - offsetSeconds(data, start + 19);
      default:
        return NaN;
    }
  }

  /** Undefined where the year has not four digits. */
  private write(second: number, offset: number): Buffer | undefined {
    const { written } = this;
    const day = Math.floor(second / SECONDS_OF_DAY);
    if (day !== this.day && !this.writeDate(day)) return undefined;
    const ofDay = second - day * SECONDS_OF_DAY;
    written[10] = LETTER_T;
    putTwoDigits(written, 11, Math.floor(ofDay / 3600));
    written[13] = COLON;
    putTwoDigits(written, 14, Math.floor(ofDay / 60) % 60);
    written[16] = COLON;
    putTwoDigits(written, 17, ofDay % 60);
    if (offset === 0) {
      written[19] = LETTER_Z;
      return written.subarray(0, UTC_BYTES);
    }
    const minutes = Math.abs(offset);
    written[19] = offset < 0 ? HYPHEN : PLUS;
    putTwoDigits(written, 20, Math.floor(minutes / 60));
    written[22] = COLON;
    putTwoDigits(written, 23, minutes % 60);
    return written;
  }

  private writeDate(day: number): boolean {
    const { written } = this;
    const date = dateOfDay(day);
    if (date.year < 0 || date.year > 9999) return false;
    putTwoDigits(written, 0, Math.floor(date.year / 100));
    putTwoDigits(written, 2, date.year % 100);
    written[4] = HYPHEN;
    putTwoDigits(written, 5, date.month);
    written[7] = HYPHEN;
    putTwoDigits(written, 8, date.day);
    this.day = day;
    return true;
  }
}

/** A number of two digits below a limit; NaN where none stands there. */
function twoDigits(data: Buffer, at: number, limit: number): number {
  const tens = data[at] - ZERO;
  const ones = data[at + 1] - ZERO;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return NaN;
  const number = tens * 10 + ones;
  return number < limit ? number : NaN;
}

function putTwoDigits(data: Buffer, at: number, number: number): void {
  const tens = Math.floor(number / 10);
  data[at] = ZERO + tens;
  data[at + 1] = ZERO + number - tens * 10;
}

/** The seconds of `+hh:mm` or `-hh:mm`; NaN where no offset stands there. */
function offsetSeconds(data: Buffer, at: number): number {
  const sign = data[at];
  if ((sign !== PLUS && sign !== HYPHEN) || data[at + 3] !== COLON) return NaN;
  const minutes = twoDigits(data, at + 1, 24) * 60 + twoDigits(data, at + 4, 60);
  return (sign === HYPHEN ? -60 : 60) * minutes;
}
