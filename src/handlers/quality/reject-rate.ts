import type { Finding } from './finding';
import type { JobItem } from '../../shared/job';

/** Rows of some jobs. */
export class RowTotals {
  rowsRead = 0;
  rowsRejected = 0;

  /** Adds a job that read its whole source; what others counted is no rate. */
  add(job: JobItem): void {
    if (!job.countsComplete) return;
    this.rowsRead += job.rowsRead!;
    this.rowsRejected += job.rowsRejected!;
  }

  /** From 0 to 1. */
  get rejectRate(): number {
    return this.rowsRead === 0 ? 0 : this.rowsRejected / this.rowsRead;
  }
}

/**
 * When a day's reject rate is above normal: it is at least twice the rate of the 14 days before, and at least one
 * percentage point above it, with enough rows on both sides for the rates to mean something. The factor alone would
 * cry over one row more of nearly none; the difference alone over a source that always rejects a third of its rows.
 */
export const REJECT_RATE_RULE = {
  baselineDays: 14,
  minDayRows: 100,
  minBaselineRows: 1000,
  factor: 2,
  minDifference: 0.01,
} as const;

/** A finding where a day's reject rate breaks the rule. */
export function findHighRejectRate(day: RowTotals, baseline: RowTotals): Finding[] {
  const { minDayRows, minBaselineRows, factor, minDifference, baselineDays } = REJECT_RATE_RULE;
  if (day.rowsRead < minDayRows || baseline.rowsRead < minBaselineRows) return [];
  const now = day.rejectRate;
  const normal = baseline.rejectRate;
  if (now < normal * factor || now - normal < minDifference) return [];
  return [
    {
      kind: 'reject-rate',
      detail: `${percent(now)} of ${day.rowsRead} rows were rejected, ${percent(normal)} in the ${baselineDays} days before`,
    },
  ];
}

/** A rate as people read it. */
export function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}
