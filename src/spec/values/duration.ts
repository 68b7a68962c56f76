import { formatsOf, GENERAL_CONSTRAINTS, ORDER_CONSTRAINTS, type ValueType } from './value-type';
import { dayNumber } from '../dates/calendar';

/** A duration has two parts, since no number of days makes a month (XML Schema part 2, section 3.2.6). */
interface Duration {
  readonly months: number;
  /** Of days, hours, minutes and seconds together. */
  readonly nanoseconds: bigint;
}

/** `PnYnMnDTnHnMnS`: any part may be absent, but not all of them; digits of each are few enough for exact sums. */
const DURATION_TEXT =
  /^(-?)P(?=[0-9T])(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?$/;

const NANOSECONDS = 1_000_000_000n;
const FRACTION_DIGITS = 9;

function read(text: string): Duration | undefined {
  const match = DURATION_TEXT.exec(text);
  if (!match) return undefined;
  const [, sign, years = '0', months = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n;
  const [second, fraction = ''] = seconds.split('.');
  const nanoseconds = (whole + BigInt(second)) * NANOSECONDS + BigInt(fraction.padEnd(FRACTION_DIGITS, '0'));
  const direction = sign === '-' ? -1 : 1;
  return {
    months: (Number(years) * 12 + Number(months)) * direction + 0,
    nanoseconds: nanoseconds * BigInt(direction),
  };
}

/** Days from which XML Schema adds two durations to tell which is longer (section 3.2.6.2). */
const REFERENCES = [
  { year: 1696, month: 9 },
  { year: 1697, month: 2 },
  { year: 1903, month: 3 },
  { year: 1903, month: 7 },
];

/** Nanoseconds at the end of a duration that begins on the first of a month. */
function endOf({ months, nanoseconds }: Duration, { year, month }: { year: number; month: number }): bigint {
  const ordinal = year * 12 + (month - 1) + months;
  const day = dayNumber(Math.floor(ordinal / 12), (((ordinal % 12) + 12) % 12) + 1, 1);
  return BigInt(day) * 86_400n * NANOSECONDS + nanoseconds;
}

/** NaN where it depends on the month: P1M is neither more nor less than P30D. */
function compareDurations(a: Duration, b: Duration): number {
  const orders = REFERENCES.map((from) => {
    const [left, right] = [endOf(a, from), endOf(b, from)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
  return orders.every((order) => order === orders[0]) ? orders[0] : NaN;
}

/** https://specs.frictionlessdata.io/table-schema/#duration */
export const DURATION: ValueType = {
  properties: [],
  constraints: [...GENERAL_CONSTRAINTS, ...ORDER_CONSTRAINTS],
  formatProblem: formatsOf(),
  reader: () => ({
    read,
    compare: compareDurations,
    key: ({ months, nanoseconds }: Duration) => `${months} ${nanoseconds}`,
  }),
};
