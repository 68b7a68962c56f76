/** CloudWatch namespace of everything the pipeline measures of itself. */
export const METRIC_NAMESPACE = 'ServerlessCsvEtl';

export const DIMENSION = { pipeline: 'Pipeline', step: 'Step' } as const;

/** Name and unit of every metric, once. */
export const METRICS = {
  processingLatency: { name: 'ProcessingLatency', unit: 'Milliseconds' },
  successRate: { name: 'SuccessRate', unit: 'Percent' },
  failureRate: { name: 'FailureRate', unit: 'Percent' },
  rowsRead: { name: 'RowsRead', unit: 'Count' },
  rowsWritten: { name: 'RowsWritten', unit: 'Count' },
  rowsRejected: { name: 'RowsRejected', unit: 'Count' },
  rowsFiltered: { name: 'RowsFiltered', unit: 'Count' },
  qualityFindings: { name: 'QualityFindings', unit: 'Count' },
} as const;

export type MetricName = keyof typeof METRICS;
