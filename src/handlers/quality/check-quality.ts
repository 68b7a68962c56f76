import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { JobItem } from '../../shared/job';
import { PREFIX } from '../../shared/layout';
import { log } from '../log';
import { emit } from '../metrics';
import { findBrokenConservation } from './conservation';
import type { Finding, FindingKind } from './finding';
import type { JobIndex } from './job-index';
import { findMissingFiles } from './missing-files';
import { DAY_MS, type Period, periodOf } from './period';
import { findHighRejectRate, REJECT_RATE_RULE, RowTotals } from './reject-rate';
import { countByKind, MAX_LISTED, type QualityReport, reportPage } from './report';
import { findStuckJobs } from './stuck-jobs';

export interface QualityContext {
  readonly s3: S3Client;
  readonly index: JobIndex;
  readonly pipeline: string;
  /** Where the report goes. */
  readonly bucket: string;
  readonly stuckAfterMinutes: number;
}

/** What the check returns. */
export interface QualitySummary {
  readonly date: string;
  /** Of all kinds. */
  readonly findings: number;
  readonly findingCounts: Readonly<Record<FindingKind, number>>;
  /** Keys of the report's two forms. */
  readonly reports: string[];
}

/** Looks at the last day, writes what it found as a report, a metric, and one log line a finding. */
export async function checkQuality(context: QualityContext, event: unknown): Promise<QualitySummary> {
  const now = new Date();
  const period = periodOf(event, now);
  const { succeeded, failed, rows, baseline } = await readJobs(context.index, period);
  const findings: Finding[] = [
    ...(await findStuckJobs(context.index, period.to, context.stuckAfterMinutes)),
    ...(await findMissingFiles(context.s3, succeeded)),
    ...findBrokenConservation(succeeded),
    ...findHighRejectRate(rows, baseline),
  ];
  const findingCounts = countByKind(findings);
  const reports = await writeReport(context, {
    date: period.date,
    pipeline: context.pipeline,
    generatedAt: now.toISOString(),
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    jobs: { succeeded: succeeded.length, failed: failed.length },
    rows,
    baseline,
    findingCounts,
    findings: findings.slice(0, MAX_LISTED),
    notListed: Math.max(0, findings.length - MAX_LISTED),
  });
  for (const finding of findings) log('WARN', 'quality finding', { ...finding });
  emit({ pipeline: context.pipeline, values: { qualityFindings: findings.length } });
  return { date: period.date, findings: findings.length, findingCounts, reports };
}

/** The period's jobs that ended, and the rows of those that ended in the days before it. */
async function readJobs(index: JobIndex, { from, to }: Period) {
  const baselineFrom = new Date(from.getTime() - REJECT_RATE_RULE.baselineDays * DAY_MS);
  const succeeded: JobItem[] = [];
  const failed: JobItem[] = [];
  const rows = new RowTotals();
  const baseline = new RowTotals();
  for (const [status, jobs] of [['SUCCEEDED', succeeded] as const, ['FAILED', failed] as const]) {
    for await (const job of index.jobs(status, from, to)) {
      jobs.push(job);
      rows.add(job);
    }
    for await (const job of index.jobs(status, baselineFrom, from)) baseline.add(job);
  }
  return { succeeded, failed, rows, baseline };
}

async function writeReport({ s3, bucket }: QualityContext, report: QualityReport): Promise<string[]> {
  const forms = [
    { extension: 'json', type: 'application/json', body: JSON.stringify(report, null, 2) },
    { extension: 'html', type: 'text/html; charset=utf-8', body: reportPage(report) },
  ];
  return Promise.all(
    forms.map(async ({ extension, type, body }) => {
      const key = `${PREFIX.reports}quality/${report.pipeline}/${report.date}.${extension}`;
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: type }));
      return key;
    }),
  );
}
