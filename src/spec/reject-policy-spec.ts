/** When rejected rows fail the job as a whole. */
export type RejectPolicySpec =
  | { readonly type: 'fail-on-first' }
  /** Fails when more than `rows` rows are rejected. */
  | { readonly type: 'tolerate-rows'; readonly rows: number }
  /** Fails when more than `percent` of the rows read are rejected. */
  | { readonly type: 'tolerate-percent'; readonly percent: number }
  | { readonly type: 'quarantine-all' };

export const DEFAULT_REJECT_POLICY: RejectPolicySpec = { type: 'quarantine-all' };
