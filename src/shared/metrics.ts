/** CloudWatch namespace of everything the pipeline measures of itself. */
export const METRIC_NAMESPACE = 'ServerlessCsvEtl';

export const DIMENSION = { pipeline: 'Pipeline', step: 'Step' } as const;

/** Name, unit and meaning of every metric, once. */
export const METRICS = {
  processingLatency: {
    name: 'ProcessingLatency',
    unit: 'Milliseconds',
    meaning: 'from the making of a job to its end; by step, the time that the step took',
  },
  successRate: {
    name: 'SuccessRate',
    unit: 'Percent',
    meaning: '100 for a job that did not fail, superseded ones among them, else 0',
  },
  failureRate: { name: 'FailureRate', unit: 'Percent', meaning: '100 for a job that failed, else 0' },
  rowsRead: { name: 'RowsRead', unit: 'Count', meaning: 'rows that a job read from its source' },
  rowsWritten: { name: 'RowsWritten', unit: 'Count', meaning: 'rows that it published' },
  rowsRejected: { name: 'RowsRejected', unit: 'Count', meaning: 'rows that it wrote to its rejects file' },
  rowsFiltered: { name: 'RowsFiltered', unit: 'Count', meaning: 'rows that its transforms left out' },
  qualityFindings: {
    name: 'QualityFindings',
    unit: 'Count',
    meaning: 'what the daily quality check found',
  },
} as const;

export type MetricName = keyof typeof METRICS;
