import { CALLS, type Call } from './calls';
import { NEEDS } from './needs';
import { outcomeWithout, placeOf, rightOf } from './proof';
import { matchesWildcard } from '../../src/local/iam/wildcards';

/** Short names of resources that tell something about their ARN; others are told by the denied call alone. */
function fits(on: string, resource: string): boolean {
  if (on.startsWith('bucket/')) {
    return matchesWildcard(`arn:aws:s3:::*/${on.slice('bucket/'.length)}`, resource);
  }
  if (on.startsWith('assets/')) {
    return matchesWildcard(`arn:aws:s3:::cdk-*-assets-*/${on.slice('assets/'.length)}`, resource);
  }
  if (on === 'bucket') return /^arn:aws:s3:::[^/]+$/.test(resource);
  if (on.startsWith('table')) {
    return resource.includes(':dynamodb:') && resource.endsWith(on.slice('table'.length));
  }
  if (on.startsWith('EtlE2ePrivacy-dev/')) return resource.includes(':secretsmanager:');
  if (on === 'state machine') return resource.includes(':stateMachine:');
  return resource.includes(/\/Function( for .*)?$/.test(on) ? ':function:' : ':sqs:');
}

/** Takes away, one by one, the rights of those holders, and makes the call that needs each. */
export function proveNeeds(isProved: (holder: string, on: string) => boolean): void {
  const needs = NEEDS.filter(([holder, , on]) => isProved(holder, on));
  it.each(needs)('%s needs %s on %s: without it, a %s comes to %p', async (...need) => {
    const [holder, action, on, callName, becomes] = need;
    const call: Call = CALLS[callName];
    const { became, denied, summary } = await outcomeWithout([rightOf(need)], call);
    expect(became).toBe(becomes);
    expect(became).not.toBe(call.succeeds);

    expect(denied.length).toBeGreaterThan(0);
    const { stack, pipeline } = placeOf(call);
    const isService = holder.endsWith('.amazonaws.com');
    for (const each of denied) {
      expect(each.action).toBe(action);
      expect([each.resource, fits(on, each.resource)]).toEqual([each.resource, true]);
      const lacks = isService
        ? `the policy of ${each.resource}`
        : `the role ${stack}/${pipeline}/${holder}/Resource, used by `;
      expect(each.reason).toContain(lacks);
      expect(each.reason).toContain(`"Action":"${action}","Resource":"${each.resource}"`);
      expect(summary).toContain(each.reason);
    }
  });
}

/** Makes calls where nothing is taken away, so that what takes a right away is alone to blame. */
export function controlCalls(isMade: (name: string) => boolean): void {
  const calls = (Object.entries(CALLS) as [string, Call][]).filter(([name]) => isMade(name));
  it.each(calls)('with every right, a %s comes to what it should', async (_name, call) => {
    const { became, summary } = await outcomeWithout([], call);
    expect([became, summary]).toEqual([call.succeeds, '']);
  });
}
