import type { Target } from '../e2e/connect';
import type { Outputs } from '../e2e/outputs';
import { Pipeline } from '../e2e/pipeline';

const INPUT = 'name\npear\n';

/**
 * Updates the stacks while a job runs. That job has to end as it began, by the steps and the spec of the release before;
 * the next job works by the new one, and what there was stays.
 */
export async function checkUpdate(target: Target, release: string, update: () => Outputs): Promise<void> {
  const before = new Pipeline(target, 'OwnTransform');
  const earlier = await before.run('raw/before-the-update.csv', INPUT);
  const versionId = await before.put('raw/during-the-update.csv', INPUT, { behaviour: 'hold' });
  const held = await before.reached('raw/during-the-update.csv', versionId, 'TRANSFORMING');
  const after = new Pipeline({ ...target, outputs: update() }, 'OwnTransform');

  await after.put(`reference/release/${held.jobId}`, 'go on');
  const ended = await after.finished('raw/during-the-update.csv', versionId);
  expectText('the job that ran', await after.text(ended.outputs[0]), 'name,by\npear,transform\n');

  const next = await after.run('raw/after-the-update.csv', INPUT);
  const released = `name,by,release\npear,transform,${release}\n`;
  expectText('the next job', await after.text(next.outputs[0]), released);
  if (next.specSha256 === earlier.specSha256) throw new Error('the update brought no new spec');

  const kept = await after.api('GET', `/status/${earlier.jobId}`);
  expectText('the job of before', kept.body.status, 'SUCCEEDED');
}

function expectText(what: string, got: string | undefined, expected: string): void {
  if (got === expected) return;
  throw new Error(`update: ${what} gave ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`);
}
