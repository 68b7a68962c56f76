/** One field of a cron expression: its range, and names that stand for its numbers. */
interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  /** Signs beside `*`, `,`, `-` and `/`. */
  readonly signs?: RegExp;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIELDS: readonly CronField[] = [
  { name: 'minutes', least: 0, most: 59 },
  { name: 'hours', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31, signs: /^(\?|L|\d{1,2}W)$/ },
  { name: 'month', least: 1, most: 12, names: MONTHS },
  { name: 'day of week', least: 1, most: 7, names: DAYS, signs: /^(\?|L|[1-7]L|[1-7]#[1-5])$/ },
  { name: 'year', least: 1970, most: 2199 },
];

/**
 * Checks `rate(5 minutes)` or `cron(0 2 * * ? *)`. Throws an Error that says what is wrong.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function checkScheduleExpression(expression: string): void {
  const wrong = (problem: string) => new Error(`the schedule expression '${expression}' ${problem}`);
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) {
    const value = Number(rate[1]);
    if (value === 0) throw wrong('has a rate of 0');
    if ((value === 1) === (rate[3] === 's')) {
      throw wrong(`must say ${value === 1 ? 'the singular' : 'the plural'} of its unit`);
    }
    return;
  }
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1].split(' ');
  if (!fields) throw wrong('is neither rate(...) nor cron(...)');
  if (fields.length !== FIELDS.length) {
    throw wrong(`has ${fields.length} fields where cron takes ${FIELDS.length}`);
  }
  fields.forEach((field, i) => {
    if (!isCronField(field, FIELDS[i])) throw wrong(`has '${field}' as its ${FIELDS[i].name}`);
  });
  if ((fields[2] === '?') === (fields[4] === '?')) {
    throw wrong("must have '?' as either its day of month or its day of week");
  }
}

function isCronField(text: string, field: CronField): boolean {
  if (field.signs?.test(text)) return true;
  return text.split(',').every((part) => {
    const [range, step, ...more] = part.split('/');
    if (more.length > 0 || (step !== undefined && !(Number(step) > 0))) return false;
    if (range === '*') return true;
    const ends = range.split('-').map((end) => numberOf(end, field));
    return ends.length <= 2 && ends.every((end) => end >= field.least && end <= field.most);
  });
}

function numberOf(text: string, { names = [], least }: CronField): number {
  const index = names.indexOf(text.toUpperCase());
  if (index >= 0) return index + least;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
