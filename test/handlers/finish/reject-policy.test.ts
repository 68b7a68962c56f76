import { counts } from './finished-steps';
import { breachOf } from '../../../src/handlers/finish/reject-policy';

it.each([
  [{ type: 'quarantine-all' }, 10, 10, undefined],
  [{ type: 'fail-on-first' }, 10, 0, undefined],
  [{ type: 'fail-on-first' }, 10, 1, '1 of 10 rows were rejected, the policy tolerates none'],
  [{ type: 'tolerate-rows', rows: 2 }, 10, 2, undefined],
  [{ type: 'tolerate-rows', rows: 2 }, 10, 3, '3 of 10 rows were rejected, the policy tolerates 2'],
  [{ type: 'tolerate-percent', percent: 5 }, 100, 5, undefined],
  [{ type: 'tolerate-percent', percent: 5 }, 100, 6, '6 of 100 rows were rejected, the policy tolerates 5 %'],
  [{ type: 'tolerate-percent', percent: 1.15 }, 2000, 23, undefined],
  [{ type: 'tolerate-percent', percent: 0.29 }, 10_000, 29, undefined],
  [{ type: 'tolerate-percent', percent: 0 }, 0, 0, undefined],
] as const)('judges %j of %i rows with %i rejected', (policy, rowsRead, rowsRejected, breach) => {
  expect(breachOf(policy, counts(rowsRead, rowsRejected))).toBe(breach);
});
