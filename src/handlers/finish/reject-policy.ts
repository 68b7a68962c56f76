import type { Counts } from '../../shared/job';
import type { RejectPolicySpec } from '../../spec/reject-policy-spec';

/** A percentage such as 1.15 has no exact double: a share that meets it exactly must still count as within it. */
const ROUNDING = 1 + 4 * Number.EPSILON;

/** Why a job's rejects go beyond the policy, or undefined where they do not. */
export function breachOf(policy: RejectPolicySpec, counts: Counts): string | undefined {
  const { rowsRead, rowsRejected } = counts;
  const found = `${rowsRejected} of ${rowsRead} rows were rejected`;
  switch (policy.type) {
    case 'quarantine-all':
      return undefined;
    case 'fail-on-first':
      return rowsRejected > 0 ? `${found}, the policy tolerates none` : undefined;
    case 'tolerate-rows':
      return rowsRejected > policy.rows ? `${found}, the policy tolerates ${policy.rows}` : undefined;
    case 'tolerate-percent':
      return rowsRejected * 100 > policy.percent * rowsRead * ROUNDING
        ? `${found}, the policy tolerates ${policy.percent} %`
        : undefined;
  }
}
