import type { JournalEntry } from '../local/services';
import { METRIC_NAMESPACE, METRICS } from '../shared/metrics';

type Metric = Extract<JournalEntry, { kind: 'metric' }>;

export interface MetricSummary {
  readonly name: string;
  readonly unit: string;
  /** Sum of counts, mean of everything else. */
  readonly value: number;
}

/** The metrics that a pipeline's jobs have sent, over all its jobs. Those of single steps are left out. */
export function summariseMetrics(entries: readonly JournalEntry[], pipeline: string): MetricSummary[] {
  const sent = entries.filter(
    (entry): entry is Metric =>
      entry.kind === 'metric' &&
      entry.namespace === METRIC_NAMESPACE &&
      entry.dimensions.Pipeline === pipeline &&
      Object.keys(entry.dimensions).length === 1,
  );
  return Object.values(METRICS).flatMap(({ name, unit }) => {
    const values = sent.filter((metric) => metric.name === name).map(({ value }) => value);
    if (values.length === 0) return [];
    const sum = values.reduce((total, value) => total + value, 0);
    return [{ name, unit, value: unit === 'Count' ? sum : Math.round(sum / values.length) }];
  });
}
