import { writeLine } from './log';
import { DIMENSION, METRIC_NAMESPACE, type MetricName, METRICS } from '../shared/metrics';

export interface Measurement {
  readonly pipeline: string;
  readonly step?: string;
  readonly values: Partial<Record<MetricName, number>>;
  /** Further members of the log event, to search by; never dimensions. */
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * Emits metrics as one log line in embedded metric format, so that a function needs no permission and no call for them:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * All members stand at the root, as the format has it.
 */
export function emit({ pipeline, step, values, properties }: Measurement): void {
  const dimensions = {
    [DIMENSION.pipeline]: pipeline,
    ...(step !== undefined && { [DIMENSION.step]: step }),
  };
  const metrics = (Object.keys(values) as MetricName[]).map((name) => METRICS[name]);
  writeLine({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    ...properties,
    ...dimensions,
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [METRICS[name as MetricName].name, value]),
    ),
  });
}
