import { findHighRejectRate, RowTotals } from '../../../src/handlers/quality/reject-rate';

function totals(rowsRead: number, rowsRejected: number): RowTotals {
  return Object.assign(new RowTotals(), { rowsRead, rowsRejected });
}

it.each([
  ['twice the rate', totals(100, 10), totals(1000, 50), 1],
  ['less than twice', totals(1000, 99), totals(1000, 50), 0],
  ['a percentage point above none', totals(100, 1), totals(1000, 0), 1],
  ['less than a percentage point above', totals(1000, 9), totals(1000, 0), 0],
  ['no rejects at all', totals(100, 0), totals(1000, 0), 0],
  ['fewer rejects than normally', totals(100, 1), totals(1000, 500), 0],
  ['too few rows in the day', totals(99, 99), totals(1000, 0), 0],
  ['too few rows before', totals(100, 100), totals(999, 0), 0],
  ['no rows', totals(0, 0), totals(0, 0), 0],
])('judges %s', (_what, day, baseline, expected) => {
  expect(findHighRejectRate(day, baseline)).toHaveLength(expected);
});

it('has a rate of zero where nothing was read', () => {
  expect(totals(0, 0).rejectRate).toBe(0);
});
