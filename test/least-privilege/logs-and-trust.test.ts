import { breakTable, CALLS, STACK, type Call } from './calls';
import { FUNCTION_ROLES } from './needs';
import { outcomeWithout, rights } from './proof';
import type { Pipeline } from '../e2e/pipeline';

const PLACE = { stack: STACK, pipeline: 'Orders' };
const FUNCTIONS = Object.entries(FUNCTION_ROLES);

/** Lets every function of the pipeline work, and gives those that wrote something to their log. */
const everyFunction: Call = {
  succeeds: FUNCTIONS.map(([name]) => name).join(),
  make: async (pipeline: Pipeline) => {
    await CALLS.check.make(pipeline);
    // The API writes of what goes wrong only.
    await breakTable(pipeline);
    await pipeline.api('GET', `/status/${'0'.repeat(32)}`);
    const { entries } = pipeline.target.run!.journal;
    const loud = new Set(entries.flatMap((entry) => (entry.kind === 'log' ? [entry.functionName] : [])));
    const functions = FUNCTIONS.filter(([name]) => loud.has(pipeline.output(`${name}FunctionName`)));
    return functions.map(([name]) => name).join();
  },
};

it.each(['logs:CreateLogStream', 'logs:PutLogEvents'])(
  'every function needs %s on its own log group: without it, nothing of it is logged or counted',
  async (action) => {
    const taken = rights(PLACE).filter((right) => right.action === action);
    expect(taken.map(({ holder, on }) => [holder, on]).sort()).toEqual(
      FUNCTIONS.map(([, role]) => [role, 'log group']).sort(),
    );
    const { became, denied } = await outcomeWithout(taken, everyFunction);
    expect(became).toBe('');
    for (const [, role] of FUNCTIONS) {
      const own = denied.filter(({ reason }) =>
        reason.includes(` ${STACK}/Orders/${role}/Resource, used by `),
      );
      expect(own.map((call) => call.action)).toContain(action);
      expect(own.every((call) => /:log-group:\/aws\/lambda\/[^:]+:log-stream:/.test(call.resource))).toBe(
        true,
      );
    }
  },
);

it('with every right, every function writes its log', async () => {
  const { became, summary } = await outcomeWithout([], everyFunction);
  expect([became, summary]).toEqual([everyFunction.succeeds, '']);
});

const trust = [...Object.values(FUNCTION_ROLES), 'StateMachine/Workflow/Role'];

it.each(trust)('%s needs its trust policy: without it, the stack does not start', async (role) => {
  const taken = rights(PLACE).filter(({ action, on }) => action === 'sts:AssumeRole' && on === role);
  expect(taken).toHaveLength(1);
  const [{ holder }] = taken;
  await expect(outcomeWithout(taken, CALLS.file)).rejects.toThrow(
    new RegExp(
      `^${holder} may not assume the role ${STACK}/Orders/${role}/Resource for .*: its trust policy lacks .*"Action":"sts:AssumeRole"`,
    ),
  );
});
