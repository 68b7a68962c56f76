import { checkedSpec, whenUsed } from './checked-spec';
import { readRejectPolicy } from './spec/check-reject-policy';
import type { RejectPolicySpec } from './spec/reject-policy-spec';

/**
 * When rejected rows fail the job as a whole. A job that fails so ends as `too-many-rejects`: nothing is published, and
 * the rejects file is written all the same.
 */
export class RejectPolicy {
  /** Fails when one row is rejected. */
  public static failOnFirst(): RejectPolicy {
    return RejectPolicy.of('failOnFirst', { type: 'fail-on-first' });
  }

  /**
   * Fails when more rows than these are rejected.
   * @param rows a whole number, at least 0
   */
  public static tolerateRows(rows: number): RejectPolicy {
    return RejectPolicy.of('tolerateRows', { type: 'tolerate-rows', rows });
  }

  /**
   * Fails when more than this share of the rows read is rejected.
   * @param percent from 0 to 100; fractions are allowed
   */
  public static toleratePercent(percent: number): RejectPolicy {
    return RejectPolicy.of('toleratePercent', { type: 'tolerate-percent', percent });
  }

  /** Never fails: every rejected row goes to the rejects file, and the others are published. */
  public static quarantineAll(): RejectPolicy {
    return RejectPolicy.of('quarantineAll', { type: 'quarantine-all' });
  }

  private static of(factory: string, spec: RejectPolicySpec): RejectPolicy {
    return new RejectPolicy(() => checkedSpec(`RejectPolicy.${factory}`, spec, readRejectPolicy));
  }

  private readonly spec: () => RejectPolicySpec;

  private constructor(check: () => RejectPolicySpec) {
    this.spec = whenUsed(check);
  }

  /** @internal */
  public _toSpec(): RejectPolicySpec {
    return this.spec();
  }
}
