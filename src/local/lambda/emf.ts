import type { JournalEntry } from '../services';

type Metric = Extract<JournalEntry, { kind: 'metric' }>;

interface Directive {
  readonly Namespace: string;
  readonly Dimensions?: readonly (readonly string[])[];
  readonly Metrics?: readonly { readonly Name: string; readonly Unit?: string }[];
}

/**
 * Metrics that a log line carries in CloudWatch's Embedded Metric Format; none where the line is no such document.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsOf(line: string): Metric[] {
  if (!line.includes('"_aws"')) return [];
  const document = parse(line);
  const directives = (document?._aws as { CloudWatchMetrics?: readonly Directive[] } | undefined)
    ?.CloudWatchMetrics;
  return (directives ?? []).flatMap((directive) => metricsOfDirective(directive, document!));
}

/** Values and dimensions are members of the root only; a metric counts once for each set of dimensions. */
function metricsOfDirective(directive: Directive, document: Readonly<Record<string, unknown>>): Metric[] {
  const { Namespace: namespace, Dimensions: dimensionSets = [[]], Metrics: metrics = [] } = directive;
  return dimensionSets.flatMap((names) =>
    metrics.flatMap(({ Name: name, Unit: unit = 'None' }) =>
      [document[name] ?? []].flat().map((value) => ({
        kind: 'metric' as const,
        namespace,
        name,
        value: Number(value),
        unit,
        dimensions: Object.fromEntries(names.map((dimension) => [dimension, String(document[dimension])])),
      })),
    ),
  );
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
