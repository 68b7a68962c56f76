import { Aws } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EtlStateMachine } from './etl-state-machine';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { functionErrors, pipelineMetric } from './pipeline-metric';
import { STEPS } from './shared/step-contract';

export interface PipelineDashboardProps {
  readonly environmentSuffix: string;
  readonly stateMachine: EtlStateMachine;
  readonly functions: Readonly<Record<string, lambda.IFunction>>;
  readonly deadLetterQueues: Readonly<Record<string, sqs.IQueue>>;
}

/** Six widgets: did jobs succeed, how fast, with how many rows; how long steps take, how executions end, what errs. */
export class PipelineDashboard extends cloudwatch.Dashboard {
  constructor(scope: Construct, id: string, props: PipelineDashboardProps) {
    const name = physicalName(scope, props.environmentSuffix, MAX_NAME_LENGTH.dashboardBeforeRegion);
    super(scope, id, {
      // Dashboards are global: without the region, a second region's stack would collide with the first one's.
      dashboardName: `${name}-${Aws.REGION}`,
      widgets: [
        [outcomes(props.stateMachine), latency(props.stateMachine), rows(props.stateMachine)],
        [
          stepDurations(props.stateMachine),
          executions(props.stateMachine),
          errors(scope, props.functions, props.deadLetterQueues),
        ],
      ],
    });
  }
}

function graph(
  title: string,
  left: cloudwatch.IMetric[],
  further: Partial<cloudwatch.GraphWidgetProps> = {},
): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 8, height: 6, ...further });
}

function outcomes(pipeline: EtlStateMachine): cloudwatch.GraphWidget {
  const left = [pipeline.metricSuccessRate(), pipeline.metricFailureRate()];
  return graph('Jobs: success and failure rate', left, { leftYAxis: { min: 0, max: 100, label: 'Percent' } });
}

function latency(pipeline: EtlStateMachine): cloudwatch.GraphWidget {
  const left = ['p50', 'p95', 'Maximum'].map((statistic) =>
    pipeline.metricProcessingLatency({ statistic, label: statistic }),
  );
  return graph('Jobs: processing latency', left, { leftYAxis: { min: 0 } });
}

function rows(pipeline: EtlStateMachine): cloudwatch.GraphWidget {
  return graph('Rows read, written, rejected, filtered', [
    pipeline.metricRowsRead(),
    pipeline.metricRowsWritten(),
    pipeline.metricRowsRejected(),
    pipeline.metricRowsFiltered(),
  ]);
}

function stepDurations(pipeline: EtlStateMachine): cloudwatch.GraphWidget {
  const left = [...STEPS, 'finish'].map((step) =>
    pipelineMetric(pipeline.pipeline, 'processingLatency', { label: step }, step),
  );
  return graph('Steps: duration', left, { leftYAxis: { min: 0 } });
}

function executions({ stateMachine }: EtlStateMachine): cloudwatch.GraphWidget {
  return graph('Executions', [
    stateMachine.metricStarted(),
    stateMachine.metricSucceeded(),
    stateMachine.metricFailed(),
    stateMachine.metricTimedOut(),
    stateMachine.metricAborted(),
  ]);
}

function errors(
  scope: Construct,
  functions: Readonly<Record<string, lambda.IFunction>>,
  queues: Readonly<Record<string, sqs.IQueue>>,
): cloudwatch.GraphWidget {
  const left = Object.entries(functions).map(([label, handler]) => functionErrors(scope, handler, { label }));
  const right = Object.entries(queues).map(([label, queue]) =>
    queue.metricApproximateNumberOfMessagesVisible({ label: `${label} dead letters` }),
  );
  return graph('Function errors and dead letters', left, { right });
}
