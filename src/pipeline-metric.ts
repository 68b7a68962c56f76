import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { functionReference } from './resource-reference';
import { DIMENSION, METRIC_NAMESPACE, type MetricName, METRICS } from './shared/metrics';

/** How a metric is summed up over a period, unless the user says otherwise. */
const STATISTIC: Readonly<Record<MetricName, string>> = {
  processingLatency: cloudwatch.Stats.AVERAGE,
  successRate: cloudwatch.Stats.AVERAGE,
  failureRate: cloudwatch.Stats.AVERAGE,
  rowsRead: cloudwatch.Stats.SUM,
  rowsWritten: cloudwatch.Stats.SUM,
  rowsRejected: cloudwatch.Stats.SUM,
  rowsFiltered: cloudwatch.Stats.SUM,
  qualityFindings: cloudwatch.Stats.MAXIMUM,
};

/** A metric that the pipeline's functions emit; with `step`, of that step alone. */
export function pipelineMetric(
  pipeline: string,
  name: MetricName,
  options: cloudwatch.MetricOptions = {},
  step?: string,
): cloudwatch.Metric {
  const dimensionsMap = { [DIMENSION.pipeline]: pipeline, ...(step ? { [DIMENSION.step]: step } : {}) };
  return new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName: METRICS[name].name,
    statistic: STATISTIC[name],
    dimensionsMap,
    ...options,
  });
}

/** Errors of a function that may stand in another stack: by the name by which this stack knows it. */
export function functionErrors(
  scope: Construct,
  handler: lambda.IFunction,
  options: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    statistic: cloudwatch.Stats.SUM,
    dimensionsMap: { FunctionName: functionReference(scope, handler).name },
    ...options,
  });
}
