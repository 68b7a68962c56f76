/** Ways of writing a day, besides ISO's. Where two fit every value (no day above 12), the first one is taken. */
const DAYS = [
  ...['%Y/%m/%d', '%Y.%m.%d', '%d.%m.%Y', '%d/%m/%Y', '%m/%d/%Y', '%d-%m-%Y', '%m-%d-%Y'],
  ...['%d %b %Y', '%d %B %Y', '%d-%b-%Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y'],
  ...['%d.%m.%y', '%d/%m/%y', '%m/%d/%y'],
];

const CLOCKS = ['%H:%M:%S', '%H:%M', '%I:%M:%S %p', '%I:%M %p'];

export const DATE_FORMATS: readonly string[] = ['default', ...DAYS];
export const TIME_FORMATS: readonly string[] = ['default', ...CLOCKS.slice(1)];
export const DATETIME_FORMATS: readonly string[] = [
  'default',
  '%Y-%m-%dT%H:%M',
  '%Y-%m-%d %H:%M:%S%z',
  ...['%Y-%m-%d', ...DAYS].flatMap((day) => [...CLOCKS, '%H:%M:%S.%f'].map((clock) => `${day} ${clock}`)),
];
