import { Fixture } from './fixture';

async function matches(rule: object, input: unknown): Promise<boolean> {
  const { output } = await new Fixture().run(
    {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: true, End: true },
        No: { Type: 'Pass', Result: false, End: true },
      },
    },
    input,
  );
  return JSON.parse(output!) as boolean;
}

const on = (comparison: object) => ({ Variable: '$.v', ...comparison });
const LATER = '2026-02-01T00:00:00Z';
const SAME_INSTANT = '2026-01-31T10:00:00+01:00';

describe('comparisons', () => {
  it.each<[object, unknown, boolean]>([
    [{ StringEquals: 'a' }, 'a', true],
    [{ StringEquals: '1' }, 1, false],
    [{ StringLessThan: 'b' }, 'a', true],
    [{ StringLessThan: 'a' }, 'a', false],
    [{ StringLessThanEquals: 'a' }, 'a', true],
    [{ StringGreaterThan: 'Z' }, 'a', true],
    [{ StringGreaterThanEquals: 'b' }, 'a', false],
    [{ StringMatches: 'log-*.txt' }, 'log-2026.txt', true],
    [{ StringMatches: '*' }, '', true],
    [{ StringMatches: 'a.c' }, 'abc', false],
    [{ StringMatches: 'foo\\*bar\\\\' }, 'foo*bar\\', true],
    [{ StringMatches: 'foo\\*bar' }, 'fooxbar', false],
    [{ StringMatches: '*' }, 7, false],
    [{ NumericEquals: 1 }, 1.0, true],
    [{ NumericEquals: 1 }, '1', false],
    [{ NumericLessThan: 1 }, 0, true],
    [{ NumericGreaterThan: 1 }, 1, false],
    [{ NumericLessThanEquals: 1 }, 1, true],
    [{ NumericGreaterThanEquals: 1 }, 0, false],
    [{ BooleanEquals: true }, true, true],
    [{ BooleanEquals: false }, 0, false],
    [{ TimestampEquals: SAME_INSTANT }, '2026-01-31T09:00:00Z', true],
    [{ TimestampLessThan: LATER }, SAME_INSTANT, true],
    [{ TimestampGreaterThan: LATER }, SAME_INSTANT, false],
    [{ TimestampLessThanEquals: LATER }, LATER, true],
    [{ TimestampGreaterThanEquals: LATER }, LATER, true],
    [{ TimestampEquals: LATER }, 'soon', false],
    [{ IsNull: true }, null, true],
    [{ IsNull: false }, null, false],
    [{ IsString: true }, 'x', true],
    [{ IsNumeric: true }, '1', false],
    [{ IsBoolean: false }, 'true', true],
    [{ IsTimestamp: true }, LATER, true],
    [{ IsTimestamp: true }, '2026-02-01', false],
    [{ IsPresent: true }, null, true],
    [{ IsPresent: false }, 1, false],
  ])('%j of %j is %p', async (comparison, value, expected) => {
    await expect(matches(on(comparison), { v: value })).resolves.toBe(expected);
  });

  it.each<[object, object, boolean]>([
    [{ StringEqualsPath: '$.w' }, { v: 'a', w: 'a' }, true],
    [{ NumericLessThanPath: '$.w' }, { v: 1, w: 2 }, true],
    [{ NumericLessThanPath: '$.w' }, { v: 1, w: '2' }, false],
    [{ TimestampEqualsPath: '$.w' }, { v: LATER, w: LATER }, true],
    [{ BooleanEqualsPath: '$.w' }, { v: true, w: false }, false],
    [{ StringEqualsPath: '$$.State.Name' }, { v: 'Choose' }, true],
  ])('%j of %j is %p', async (comparison, input, expected) => {
    await expect(matches(on(comparison), input)).resolves.toBe(expected);
  });

  it('IsPresent alone may look at what is not there', async () => {
    await expect(matches({ Variable: '$.absent', IsPresent: false }, {})).resolves.toBe(true);
  });

  it('And and Or stop at what decides, so that IsPresent guards what follows', async () => {
    const guarded = [on({ IsPresent: true }), on({ NumericEquals: 1 })];
    await expect(matches({ And: guarded }, {})).resolves.toBe(false);
    await expect(matches({ And: guarded }, { v: 1 })).resolves.toBe(true);
    await expect(
      matches({ Or: [on({ IsPresent: false }), on({ NumericEquals: 2 })] }, { v: 1 }),
    ).resolves.toBe(false);
    await expect(matches({ Not: { Or: guarded } }, { v: 1 })).resolves.toBe(false);
  });
});

it.each([
  [{ Variable: '$.absent', NumericEquals: 1 }, '$.absent'],
  [{ Variable: '$.v', NumericEqualsPath: '$.absent' }, '$.absent'],
])('%j, whose path finds nothing, ends the execution with States.Runtime', async (rule, path) => {
  const { status, error, cause } = await new Fixture().run(
    {
      StartAt: 'Choose',
      States: { Choose: { Type: 'Choice', Choices: [{ ...rule, Next: 'End' }] }, End: { Type: 'Succeed' } },
    },
    { v: 1 },
  );
  expect({ status, error, cause }).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: `An error occurred while executing the state 'Choose' (entered at the event id #2). Invalid path '${path}': The choice state's condition path references an invalid value.`,
  });
});

it('fails with States.NoChoiceMatched where nothing matches and there is no Default', async () => {
  const { error, cause } = await new Fixture().run(
    {
      StartAt: 'Choose',
      States: {
        Choose: { Type: 'Choice', Choices: [on({ IsNull: true, Next: 'End' })] },
        End: { Type: 'Succeed' },
      },
    },
    { v: 1 },
  );
  expect(error).toBe('States.NoChoiceMatched');
  expect(cause).toContain('Failed to transition out of the state. The state does not point to a next state.');
});

it.each([
  [{ Variable: '$.v' }, 'it has 0 comparisons where one belongs'],
  [on({ IsNull: true, IsString: true }), 'it has 2 comparisons where one belongs'],
  [{ IsNull: true }, 'it has no Variable'],
  [on({ StringLike: 'x' }), "the comparison 'StringLike' is not known"],
  [on({ StringMatchesPath: '$.x' }), "the comparison 'StringMatchesPath' is not known"],
  [on({ NumericEquals: '1' }), 'NumericEquals expects a number, got "1"'],
  [on({ TimestampEquals: 'soon' }), 'TimestampEquals expects a time stamp, got "soon"'],
  [on({ IsPresent: 'yes' }), 'expected true or false, got "yes"'],
  [on({ StringEqualsPath: 'x' }), 'expected a path that begins with $, got "x"'],
  [{ And: [] }, 'expected a list that is not empty, got []'],
  [{ And: [on({ IsNull: true, Next: 'Yes' })] }, 'only the outermost rule has a Next, not one inside it'],
  [{ Not: on({ IsNull: true }), Variable: '$.v' }, "the field 'Variable' cannot stand beside Not"],
  [{ Not: 5 }, 'expected an object, got 5'],
])('the rule %j is refused when it is loaded', async (rule, problem) => {
  await expect(matches(rule, {})).rejects.toThrow(`Choices of the state 'Choose': Choices[0]: ${problem}`);
});

it('a rule without Next is refused when it is loaded', () => {
  const states = { Choose: { Type: 'Choice', Choices: [on({ IsNull: true })] } };
  expect(() => new Fixture().add({ StartAt: 'Choose', States: states })).toThrow(
    'Choices[0]: it has no Next',
  );
});
