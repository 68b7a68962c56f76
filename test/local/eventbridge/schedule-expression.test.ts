import { checkScheduleExpression } from '../../../src/local/eventbridge/schedule-expression';

it.each([
  'rate(1 minute)',
  'rate(5 minutes)',
  'rate(1 day)',
  'cron(0 2 * * ? *)',
  'cron(0/15 9-17 ? * MON-FRI 2026)',
  'cron(0,30 8 1W JAN,jul ? 2026-2030)',
  'cron(0 0 L * ? *)',
  'cron(0 0 ? * 6L *)',
  'cron(0 0 ? * 3#2 *)',
  'cron(*/5 * * * ? *)',
])('takes %s', (expression) => {
  expect(() => checkScheduleExpression(expression)).not.toThrow();
});

it.each([
  ['every day', 'is neither rate(...) nor cron(...)'],
  ['rate(0 minutes)', 'has a rate of 0'],
  ['rate(1 minutes)', 'must say the singular of its unit'],
  ['rate(2 hour)', 'must say the plural of its unit'],
  ['cron(0 2 * * *)', 'has 5 fields where cron takes 6'],
  ['cron(60 2 * * ? *)', "has '60' as its minutes"],
  ['cron(0 24 * * ? *)', "has '24' as its hours"],
  ['cron(0 2 * FOO ? *)', "has 'FOO' as its month"],
  ['cron(0 2 1-2-3 * ? *)', "has '1-2-3' as its day of month"],
  ['cron(0/0 2 * * ? *)', "has '0/0' as its minutes"],
  ['cron(0/1/2 2 * * ? *)', "has '0/1/2' as its minutes"],
  ['cron(0 2 * * * *)', "must have '?' as either its day of month or its day of week"],
  ['cron(0 2 ? * ? *)', "must have '?' as either its day of month or its day of week"],
])('refuses %s', (expression, problem) => {
  expect(() => checkScheduleExpression(expression)).toThrow(
    `the schedule expression '${expression}' ${problem}`,
  );
});
