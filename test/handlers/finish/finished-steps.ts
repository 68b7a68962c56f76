import type { FinishInput } from '../../../src/shared/execution-contract';
import type { Counts, JobItem, JobStatus } from '../../../src/shared/job';
import { STATUS_RANK } from '../../../src/shared/job';
import type { JobIdentity, StepName } from '../../../src/shared/step-contract';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec';
import { type Account, BUCKET, PIPELINE } from '../account';

export const ARN = 'arn:aws:states:us-east-1:000000000000:execution:Orders:name';

export function counts(rowsRead: number, rowsRejected = 0, rowsFiltered = 0): Counts {
  return { rowsRead, rowsWritten: rowsRead - rowsRejected - rowsFiltered, rowsRejected, rowsFiltered };
}

const REJECTS_HEADER = '_row,_column,_code,_message\n';

/**
 * Three rows of which validate rejects the second, as the steps leave them; the job is ENRICHING.
 */
export class FinishedSteps {
  constructor(private readonly account: Account) {}

  async input(name: string, spec: Partial<PipelineSpec> = {}): Promise<FinishInput> {
    const jobId = `job-${name.replace(/[^a-z0-9-]/g, '')}`;
    const job = await this.account.putSource(`raw/${name}.csv`, 'id,n\n1,a\n2,\n3,c\n', jobId);
    await this.store(job, 'ENRICHING');
    await this.account.put(
      `staging/${jobId}/validate/rejects.csv`,
      `${REJECTS_HEADER}3,n,constraint-error,n is required\n`,
    );
    await this.account.put(`staging/${jobId}/enrich/data.csv`, '_row,id,n\n2,1,a\n4,3,c\n');
    const step = (of: StepName, stepCounts: Counts, startedAt: string) => ({
      result: { data: { bucket: BUCKET, key: `staging/${jobId}/${of}/data.csv` }, counts: stepCounts },
      startedAt,
    });
    const validate = step('validate', counts(3, 1), '2026-01-31T09:00:01.000Z');
    const rejects = { bucket: BUCKET, key: `staging/${jobId}/validate/rejects.csv` };
    return {
      contract: 1,
      job,
      spec: await this.account.putSpec(spec),
      execution: { arn: ARN, name: jobId, redriveCount: 0, startedAt: '2026-01-31T09:00:00.000Z' },
      steps: {
        validate: { ...validate, result: { ...validate.result, rejects } },
        transform: step('transform', counts(2), '2026-01-31T09:00:02.000Z'),
        enrich: step('enrich', counts(2), '2026-01-31T09:00:04.000Z'),
      },
      enteredAt: '2026-01-31T09:00:07.000Z',
    };
  }

  /** The job's item, as trigger and the state machine leave it. */
  async store(job: JobIdentity, status: JobStatus, attempt = 0): Promise<void> {
    const item: JobItem = {
      jobId: job.jobId,
      fileName: job.key,
      status,
      timestamp: '2026-01-31T09:00:04.000Z',
      pipeline: PIPELINE,
      bucket: BUCKET,
      versionId: job.versionId,
      sizeBytes: 17,
      rowsRead: null,
      rowsWritten: null,
      rowsRejected: null,
      rowsFiltered: null,
      countsComplete: false,
      outputs: [],
      rejects: null,
      durationsMs: {},
      executionArn: ARN,
      specSha256: '',
      attempt,
      statusRank: STATUS_RANK[status],
      createdAt: '2026-01-31T09:00:00.000Z',
      finishedAt: null,
      expiresAt: 1,
    };
    await this.account.store.create(item);
  }
}
