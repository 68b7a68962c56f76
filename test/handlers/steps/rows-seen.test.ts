import { rowsSeenIn, tellRowsSeen } from '../../../src/handlers/steps/rows-seen';

it('tells the rows in a message, and reads them from it', () => {
  expect(tellRowsSeen('record 4 is broken', 2)).toBe('record 4 is broken (after 2 rows)');
  expect(rowsSeenIn(tellRowsSeen('record 4 is broken', 2))).toBe(2);
});

it.each(['record 4 is broken', 'broken (after 2 rows) and more', 'broken (after many rows)'])(
  'reads none from %j',
  (message) => {
    expect(rowsSeenIn(message)).toBeNull();
  },
);
