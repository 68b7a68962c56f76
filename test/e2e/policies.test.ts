import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { synthesise } from './assembly';
import { Pipeline } from './pipeline';
import { DEPLOYED, itLocal, startLocal, type Target } from './target';
import type { LocalRun } from '../../src/local/local-run';
import type { JournalEntry } from '../../src/local/services';

const STACK = 'EtlE2eOutcomes-dev';

type Statement = { Action: string | string[]; Resource: unknown };
type Resource = { Type: string; Properties: any };
type Denied = Extract<JournalEntry, { kind: 'denied' }>;

interface Taken {
  readonly pipeline: string;
  /** Role that an action is taken away of. */
  readonly role?: string;
  readonly action?: string;
  /** Service that may not call functions any more. */
  readonly service?: string;
}

const TAKEN: readonly Taken[] = [
  { pipeline: 'Strict', service: 's3.amazonaws.com' },
  { pipeline: 'Strict', role: 'ApiHandlerRole', action: 's3:ListBucket' },
  { pipeline: 'Strict', role: 'ObservabilityQualityCheckRole', action: 'dynamodb:Query' },
  { pipeline: 'TolerantOfRows', role: 'StateMachineValidateRole', action: 's3:GetObjectVersion' },
  { pipeline: 'TolerantOfPercent', role: 'TriggerHandlerRole', action: 'states:StartExecution' },
  { pipeline: 'Headerless', role: 'StateMachineFinishRole', action: 's3:PutObject' },
  { pipeline: 'Limited', role: 'StateMachineWorkflowRole', action: 'lambda:InvokeFunction' },
];

let assembly: string;
let target: Target & { run: LocalRun };

beforeAll(async () => {
  if (DEPLOYED) return;
  assembly = fs.mkdtempSync(path.join(tmpdir(), 'etl-policies-'));
  fs.cpSync(synthesise(), assembly, { recursive: true });
  const file = fs
    .readdirSync(assembly)
    .find((name) => name.startsWith(STACK) && name.endsWith('.template.json'))!;
  const template = JSON.parse(fs.readFileSync(path.join(assembly, file), 'utf8'));
  TAKEN.forEach((taken) => takeAway(template.Resources, taken));
  fs.writeFileSync(path.join(assembly, file), JSON.stringify(template));
  target = await startLocal(assembly, STACK);
});

afterAll(async () => {
  if (DEPLOYED) return;
  // Every other end-to-end test would fail by it.
  await expect(target.stop()).rejects.toThrow('denied, as the policies of the template stand:');
  fs.rmSync(assembly, { recursive: true });
});

function takeAway(resources: Record<string, Resource>, taken: Taken): void {
  const { pipeline } = taken;
  const own = Object.entries(resources).filter(([logicalId]) => logicalId.startsWith(pipeline));
  let count = 0;
  for (const [logicalId, { Type, Properties }] of own) {
    if (taken.service && Type === 'AWS::Lambda::Permission' && Properties.Principal === taken.service) {
      delete resources[logicalId];
      Object.values(resources).forEach((each: any) => {
        if (Array.isArray(each.DependsOn)) {
          each.DependsOn = each.DependsOn.filter((id: string) => id !== logicalId);
        }
      });
      count++;
    }
    if (Type !== 'AWS::IAM::Role' || !taken.role || !logicalId.startsWith(pipeline + taken.role)) continue;
    for (const { PolicyDocument } of Properties.Policies) {
      PolicyDocument.Statement.forEach((statement: Statement) => {
        const actions = [statement.Action].flat();
        if (!actions.includes(taken.action!)) return;
        statement.Action = actions.map((action) => (action === taken.action ? 'none:Nothing' : action));
        count++;
      });
    }
  }
  if (count === 0) throw new Error(`there is nothing to take away: ${JSON.stringify(taken)}`);
}

/** The first call of the pipeline that is denied. */
async function denial(pipeline: string, action: string): Promise<Denied> {
  const isIt = (entry: JournalEntry): boolean =>
    entry.kind === 'denied' &&
    entry.action === action &&
    (entry.principal.startsWith(pipeline) || entry.resource.includes(pipeline.toLowerCase()));
  return (await target.run.journal.waitFor(isIt)) as Denied;
}

itLocal.each([
  ['TolerantOfRows', 's3:GetObjectVersion', 'validate'],
  ['Limited', 'lambda:InvokeFunction', undefined],
])('[local] the job of %s fails without the right to %s', async (name, action, step) => {
  const pipeline = new Pipeline(target, name);
  const versionId = await pipeline.put('raw/a.csv', 'id\n1\n');
  const { principal, reason } = await denial(name, action);
  expect(principal).toMatch(new RegExp(`^${name}StateMachine(Validate|Workflow)Role`));
  expect(reason).toMatch(
    new RegExp(
      `^no identity-based policy allows the ${action} action: the role ${STACK}/${name}/StateMachine/\\S+, used by \\S+, lacks \\{"Effect":"Allow","Action":"${action}","Resource":"arn:aws:[^"]+"\\}$`,
    ),
  );
  // Without the right to call functions nothing is left that could record it.
  if (step === undefined) return;
  const job = await pipeline.finished('raw/a.csv', versionId);
  expect(job).toMatchObject({ status: 'FAILED', step });
});

itLocal('[local] a job that may not publish fails, and nothing is under processed/', async () => {
  const pipeline = new Pipeline(target, 'Headerless');
  await pipeline.put('raw/a.csv', '1,a\n');
  expect(await denial('Headerless', 's3:PutObject')).toMatchObject({
    principal: expect.stringMatching(/^HeaderlessStateMachineFinishRole/),
    resource: expect.stringMatching(/^arn:aws:s3:::[^/]+\/(staging|processed)\//),
  });
  expect(await pipeline.keys('processed/')).toEqual([]);
});

itLocal(
  '[local] a trigger that may not start the state machine leaves the event to the dead-letter queue',
  async () => {
    const pipeline = new Pipeline(target, 'TolerantOfPercent');
    await pipeline.put('raw/a.csv', 'id\n1\n');
    expect(await denial('TolerantOfPercent', 'states:StartExecution')).toMatchObject({
      resource: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:stateMachine:/),
    });
    const letter = await target.run.journal.waitFor(({ kind }) => kind === 'dead-letter');
    expect(letter).toMatchObject({ from: expect.stringContaining('-trigger-handler-') });
  },
);

itLocal('[local] a bucket that may not invoke the trigger starts nothing', async () => {
  const pipeline = new Pipeline(target, 'Strict');
  await pipeline.put('raw/a.csv', 'id\n1\n');
  const { principal, reason } = await denial('Strict', 'lambda:InvokeFunction');
  expect(principal).toBe('s3.amazonaws.com');
  expect(reason).toContain(`"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::${pipeline.bucket}"}}`);
  expect(await pipeline.scan()).toEqual([]);
});

itLocal('[local] a quality check that may not query the index fails', async () => {
  await target.run.fireSchedule(`${STACK}/Strict/Observability/QualityCheckRule/Resource`);
  expect((await denial('Strict', 'dynamodb:Query')).resource).toMatch(
    /:table\/[^/]+\/index\/status-timestamp$/,
  );
});

itLocal('[local] an API that may not list the bucket never says that an object is not there', async () => {
  const pipeline = new Pipeline(target, 'Strict');
  const answer = await pipeline.api('POST', '/trigger', { key: 'raw/absent.csv' });
  // S3 answers 403 for an absent key as for a missing right to read it.
  expect(answer.status).toBe(500);
  expect((await denial('Strict', 's3:ListBucket')).principal).toMatch(/^StrictApiHandlerRole/);
});
