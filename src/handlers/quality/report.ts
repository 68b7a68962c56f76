import { FINDING_KINDS, type Finding, type FindingKind } from './finding';
import { percent, type RowTotals } from './reject-rate';

/** What a daily check found, as it is stored. */
export interface QualityReport {
  /** UTC day. */
  readonly date: string;
  readonly pipeline: string;
  readonly generatedAt: string;
  /** Changes in [from, to) were looked at. */
  readonly from: string;
  readonly to: string;
  readonly jobs: { readonly succeeded: number; readonly failed: number };
  readonly rows: RowTotals;
  readonly baseline: RowTotals;
  /** How many findings there are of each kind, listed or not. */
  readonly findingCounts: Readonly<Record<FindingKind, number>>;
  /** At most MAX_LISTED of them. */
  readonly findings: readonly Finding[];
  /** Findings that are counted but not listed. */
  readonly notListed: number;
}

/** A list that nobody reads to its end is cut, and says so. */
export const MAX_LISTED = 1000;

export function countByKind(findings: readonly Finding[]): Record<FindingKind, number> {
  const kinds = Object.keys(FINDING_KINDS) as FindingKind[];
  const entries = kinds.map((kind) => [kind, findings.filter((finding) => finding.kind === kind).length]);
  return Object.fromEntries(entries) as Record<FindingKind, number>;
}

/** A page for a person: no script, nothing loaded from elsewhere, every text escaped. */
export function reportPage(report: QualityReport): string {
  const { date, pipeline, findings, notListed, jobs, rows, baseline } = report;
  const title = `Quality of ${pipeline}, ${date}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #ccc; vertical-align: top; }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>Changes from ${escapeHtml(report.from)} to ${escapeHtml(report.to)}, looked at ${escapeHtml(report.generatedAt)}.</p>
<p>${jobs.succeeded} jobs succeeded, ${jobs.failed} failed.
${percent(rows.rejectRate)} of ${rows.rowsRead} rows were rejected, ${percent(baseline.rejectRate)} in the 14 days before.</p>
<h2>Findings: ${findings.length + notListed}</h2>
${findings.length === 0 ? '<p>Nothing was found.</p>' : findingTable(findings)}
${notListed === 0 ? '' : `<p>${notListed} more are not listed here.</p>`}
</body>
</html>
`;
}

function findingTable(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ kind, jobId = '', fileName = '', detail }) =>
      `<tr>${[FINDING_KINDS[kind], fileName, jobId, detail].map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  return `<table>
<thead><tr><th>What</th><th>Source</th><th>Job</th><th>Detail</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
