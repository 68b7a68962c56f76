import { App, Stack } from 'aws-cdk-lib';
import { page, table } from './page';
import { ServerlessCsvEtl } from '../src';
import { DIMENSION, METRIC_NAMESPACE, METRICS } from '../src/shared/metrics';

/** The page on what a pipeline measures, and which alarms watch it. */
export function metrics(): string {
  const etl = new ServerlessCsvEtl(new Stack(new App(), 'Stack'), 'Orders');
  return page('Metrics and alarms', 'src/shared/metrics.ts and the alarms of a pipeline', [
    `Namespace \`${METRIC_NAMESPACE}\`, dimension \`${DIMENSION.pipeline}\`; \`ProcessingLatency\` has also \`${DIMENSION.step}\`. They are`,
    "written as log lines in CloudWatch's embedded metric format, so no function needs a right or a call for them. Each has a",
    'method of its own on the constructs, such as `metricRowsRejected()`.',
    '',
    ...table(
      ['Metric', 'Unit', 'What it measures'],
      Object.values(METRICS).map(({ name, unit, meaning }) => [`\`${name}\``, unit, meaning]),
    ),
    '',
    '## Alarms',
    '',
    'Each is silent while there is nothing to measure. `topic` is told of all of them. Their descriptions say what to do:',
    '',
    ...table(
      ['Alarm', 'What it says'],
      etl.observability.alarms.map((alarm) => [
        `\`${alarm.node.id}\``,
        (alarm.node.defaultChild as { alarmDescription?: string }).alarmDescription ?? '',
      ]),
    ),
  ]);
}
