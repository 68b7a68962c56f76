import { SECONDS_OF_DAY } from './calendar';

/** No zone changed its offset before: clocks showed local mean time, which stays what it is. */
const FIRST_CHANGE = Date.UTC(1800, 0, 1) / 1000;
/** Days whose offset is remembered; a bound on memory. */
const MOST_DAYS = 40_000;

const IANA_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** Whether the runtime knows a time zone of this name (https://www.iana.org/time-zones). */
export function isTimeZone(name: string): boolean {
  try {
    return IANA_NAME.test(name) && clockOf(name) !== undefined;
  } catch {
    return false;
  }
}

function clockOf(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/**
 * Offsets of a named time zone, from the IANA database that the JavaScript runtime carries. Times are seconds: an instant
 * from 1970-01-01T00:00:00Z, a local time as if its clock showed UTC.
 */
export class TimeZone {
  private readonly clock: Intl.DateTimeFormat;
  /** Offset of the days on which it does not change; NaN where it does. */
  private readonly days = new Map<number, number>();

  /** Throws RangeError where there is no such zone. */
  constructor(readonly name: string) {
    this.clock = clockOf(name);
  }

  /** Seconds east of UTC at an instant. */
  offsetAt(instant: number): number {
    const day = Math.floor(instant / SECONDS_OF_DAY);
    let offset = this.days.get(day);
    if (offset === undefined) {
      const start = this.lookUp(day * SECONDS_OF_DAY);
      offset = start === this.lookUp((day + 1) * SECONDS_OF_DAY) ? start : NaN;
      if (this.days.size === MOST_DAYS) this.days.clear();
      this.days.set(day, offset);
    }
    return Number.isNaN(offset) ? this.lookUp(instant) : offset;
  }

  /** The instant at which clocks show a local time, where they are not changed the day before or after; NaN elsewhere. */
  steadyInstantOf(local: number): number {
    const offset = this.offsetAt(local - SECONDS_OF_DAY);
    const isSteady =
      offset === this.offsetAt(local - offset) && offset === this.offsetAt(local + SECONDS_OF_DAY);
    return isSteady ? local - offset : NaN;
  }

  /** The instants at which clocks show a local time, the earlier first: one, two where they are put back, none in a gap. */
  instantsOf(local: number): number[] {
    const instants = this.candidatesOf(local).filter((instant) => instant + this.offsetAt(instant) === local);
    return [...new Set(instants)];
  }

  /**
   * A local time read by the offset after the gap that it lies in, and by the one before: an hour earlier and later where
   * clocks are put forward by an hour.
   */
  aroundGap(local: number): readonly [earlier: number, later: number] {
    return this.candidatesOf(local);
  }

  /** By the offsets of the day after and the day before, the earlier instant first. No zone changes twice in that time. */
  private candidatesOf(local: number): [number, number] {
    const before = local - this.offsetAt(local - SECONDS_OF_DAY);
    const after = local - this.offsetAt(local + SECONDS_OF_DAY);
    return before < after ? [before, after] : [after, before];
  }

  private lookUp(instant: number): number {
    const at = Math.max(instant, FIRST_CHANGE);
    const shown: Record<string, number> = {};
    for (const { type, value } of this.clock.formatToParts(at * 1000)) shown[type] = Number(value);
    const { year, month, day, hour, minute, second } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
  }
}
