import { page, table } from './page';
import { LIMITS, type Limit } from '../src/spec/limits';

/** Limits of AWS, and of props that are not the engine's. */
const OTHERS = [
  [
    'size of a source',
    '10 GiB, and what one function reads within 15 minutes; a larger file fails at once with `file-too-large`',
    'prop `maxFileSize`, Lambda',
  ],
  ['key of a source', '1,024 bytes for its output and rejects too, else `key-too-long`', 'S3'],
  ['one job, with all retries', '6 hours, then `execution-timed-out`', 'prop `timeout`'],
  ['state payload', '256 KB: states hold pointers and counts only', 'Step Functions'],
  [
    'rate of jobs',
    "Lambda's concurrency: 10 in a new account, 1,000 after; throttled steps are retried",
    'Lambda',
  ],
  [
    'path of the construct below its stack',
    "180 characters: CDK lengthens the logical id of an API's deployment by a hash, and CloudFormation takes 255",
    'CDK, CloudFormation',
  ],
  ['`POST /trigger`, `GET /status`', '29 s, 10 MB', 'API Gateway'],
];

const REST = [
  '## What one job uses',
  '',
  'For a file of a few megabytes, to multiply with the prices of your region:',
  '',
  '- 5 Lambda invocations (trigger, validate, transform, enrich, finish), arm64; billed time grows with the file.',
  '- about 15 state transitions of a STANDARD state machine.',
  '- 5 DynamoDB writes on demand (pending, three steps, final), each with its index entry.',
  '- S3: the source is read twice, each step reads and writes its data once, publication is a copy inside the bucket.',
  '- 7 metrics by log line, and some kilobytes of logs kept for 7 days.',
  '',
  '## Deleting a stack',
  '',
  'With the default `RemovalPolicy.DESTROY` a custom resource empties the bucket in one function run of at most 15 minutes.',
  'A bucket with millions of versions takes longer: empty it with a lifecycle rule first. Stop running executions before, or',
  "they fill it again. CDK's own helper functions leave their log groups behind.",
];

/** The page on limits: those of the engine from its table, then those around it. */
export function limits(): string {
  return page('Limits', 'src/spec/limits.ts and docs/limits-page.ts', [
    '## Of a file',
    '',
    'Props: `uniqueBudget`, and `limits` for the others. A file that meets one ends its job as FAILED with the code.',
    '',
    ...table(
      ['What', 'At most', 'Then', 'Why'],
      Object.values<Limit>(LIMITS).map((limit) => [limit.what, mostOf(limit), codeOf(limit), limit.meaning]),
    ),
    '',
    '## Around it',
    '',
    ...table(['What', 'Limit', 'Where it comes from'], OTHERS),
    '',
    ...REST,
  ]);
}

function mostOf({ what, default: most, otherwise = '' }: Limit): string {
  if (most === undefined) return otherwise;
  if (most % (1024 * 1024) !== 0) return most.toLocaleString('en-US');
  const mebibytes = most / 1024 / 1024;
  return mebibytes % 1024 === 0 && !what.startsWith('memory')
    ? `${mebibytes / 1024} GiB`
    : `${mebibytes} MiB`;
}

function codeOf({ code }: Limit): string {
  return code === undefined ? 'no more are kept' : `\`${code}\``;
}
