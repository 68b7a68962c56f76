import { FUNCTION_ROLES, NEEDS } from './least-privilege/needs';
import { rights } from './least-privilege/proof';
import { UNEXERCISED } from './least-privilege/unexercised';

/** Every pipeline of the app under test: least-privilege/ takes away the rights of the first, the last, and of the one that hashes, one by one. */
const PIPELINES: readonly (readonly [stack: string, pipeline: string])[] = [
  ['EtlE2eOrders-dev', 'Orders'],
  ['EtlE2eOrders-dev', 'Bare'],
  ['EtlE2eOutcomes-dev', 'Strict'],
  ['EtlE2eOutcomes-dev', 'Headerless'],
  ['EtlE2eSteps-dev', 'OwnEnrich'],
  ['EtlE2ePrivacy-dev', 'Hashed'],
  ['EtlE2eForeign-dev', 'Unversioned'],
  ['EtlE2eForeign-dev', 'Foreign'],
];

const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

function isNeeded(holder: string, action: string, on: string): boolean {
  if (action === 'sts:AssumeRole' || LOGS.includes(action)) return true;
  return NEEDS.some(([...need]) => need.slice(0, 3).join() === [holder, action, on].join());
}

function isUnexercised(holder: string, action: string, on: string): boolean {
  return UNEXERCISED.some(
    (each) => each.holder.test(holder) && each.actions.includes(action) && each.on.test(on),
  );
}

it.each(PIPELINES)('%s/%s has no right that no call needs', (stack, pipeline) => {
  const unneeded = rights({ stack, pipeline }).filter(
    ({ holder, action, on }) => !isNeeded(holder, action, on) && !isUnexercised(holder, action, on),
  );
  expect(unneeded.map(({ holder, action, on }) => `${holder}: ${action} on ${on}`)).toEqual([]);
});

it('tells of each right once, and only of those that there are', () => {
  const there = new Set(
    PIPELINES.flatMap(([stack, pipeline]) => rights({ stack, pipeline })).map(({ holder, action, on }) =>
      [holder, action, on].join(),
    ),
  );
  const told = NEEDS.map((need) => need.slice(0, 3).join());
  expect(told.filter((each) => !there.has(each))).toEqual([]);
  expect(told.filter((each, index) => told.indexOf(each) !== index)).toEqual([]);
  for (const { holder, actions, on } of UNEXERCISED) {
    const isThere = (action: string): boolean =>
      [...there].some((each) => {
        const [by, does, to] = each.split(',') as [string, string, string];
        return holder.test(by) && does === action && on.test(to);
      });
    expect(actions.filter((action) => !isThere(action))).toEqual([]);
  }
});

it('gives each role no more than these, in actions on resources', () => {
  const count = (role: string): number =>
    rights({ stack: 'EtlE2eOrders-dev', pipeline: 'Orders' }).filter(({ holder }) => holder === role).length;
  const roles = [...Object.values(FUNCTION_ROLES), 'StateMachine/Workflow/Role'];
  expect(Object.fromEntries(roles.map((role) => [role, count(role)]))).toEqual({
    'Trigger/Handler/Role': 8,
    'StateMachine/Validate/Role': 9,
    'StateMachine/Transform/Role': 9,
    'StateMachine/Enrich/Role': 12,
    'StateMachine/Finish/Role': 20,
    'Api/Handler/Role': 12,
    'Observability/QualityCheck/Role': 10,
    'StateMachine/Workflow/Role': 17,
  });
});
