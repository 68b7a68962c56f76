import fc from 'fast-check';
import { Fixture, only } from './fixture';

const pass = (fields: object, input: unknown) => new Fixture().runState({ Type: 'Pass', ...fields }, input);

describe('input and output of a state', () => {
  it.each<[object, unknown, unknown]>([
    [{}, { a: 1 }, { a: 1 }],
    [{ InputPath: '$.a' }, { a: { b: 2 } }, { b: 2 }],
    [{ InputPath: null }, { a: 1 }, {}],
    [{ InputPath: '$$.Execution.RedriveCount' }, {}, 0],
    [{ OutputPath: '$.a' }, { a: 1, b: 2 }, 1],
    [{ OutputPath: null }, { a: 1 }, {}],
    [{ Result: 5 }, { a: 1 }, 5],
    [{ Result: { 'kept.$': '$.a' } }, { a: 1 }, { 'kept.$': '$.a' }],
    [{ Result: 5, ResultPath: '$.r' }, { a: 1 }, { a: 1, r: 5 }],
    [{ Result: 5, ResultPath: '$.a.b.c' }, { x: 1 }, { x: 1, a: { b: { c: 5 } } }],
    [{ Result: 5, ResultPath: '$.a[1]' }, { a: [1, 2, 3] }, { a: [1, 5, 3] }],
    [{ Result: 5, ResultPath: null }, { a: 1 }, { a: 1 }],
    [
      { Parameters: { 'x.$': '$.a', y: { 'z.$': '$$.State.Name' }, l: [{ 'q.$': '$' }, 1] } },
      { a: 1 },
      { x: 1, y: { z: 'Only' }, l: [{ q: { a: 1 } }, 1] },
    ],
    [{ Parameters: { 'all.$': '$.a[*].b' } }, { a: [{ b: 1 }, { b: 2 }] }, { all: [1, 2] }],
    [
      { InputPath: '$.in', Parameters: { 'x.$': '$.v' }, ResultPath: '$.r', OutputPath: '$.r.x' },
      { in: { v: 7 } },
      7,
    ],
  ])('%j makes of %j: %j', async (fields, input, expected) => {
    await expect(pass(fields, input)).resolves.toEqual(expected);
  });

  it('leaves the input of other states as it was when a result is put into a copy', async () => {
    const { output } = await new Fixture().run({
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Result: { n: 1 }, ResultPath: '$.a', Next: 'B' },
        B: { Type: 'Pass', Result: 2, ResultPath: '$.a.m', Next: 'C' },
        C: { Type: 'Pass', Parameters: { 'now.$': '$', 'first.$': '$$.Execution.Input' }, End: true },
      },
    });
    expect(JSON.parse(output!)).toEqual({ now: { a: { n: 1, m: 2 } }, first: {} });
  });

  it.each([
    [
      { InputPath: '$.absent' },
      'States.Runtime',
      "Invalid path '$.absent' of InputPath: it finds nothing in the input",
    ],
    [
      { OutputPath: '$.absent' },
      'States.Runtime',
      "Invalid path '$.absent' of OutputPath: it finds nothing in the input",
    ],
    [
      { Parameters: { 'x.$': '$$.Task.Token' } },
      'States.Runtime',
      "The JSONPath '$$.Task.Token' specified for the field 'x.$' could not be found in the input",
    ],
    [
      { Result: 1, ResultPath: '$.a.b' },
      'States.ResultPathMatchFailure',
      `Unable to apply the result at the ResultPath '$.a.b' to the input '{"a":1}'`,
    ],
    [
      { Result: 1, ResultPath: '$.l[0]' },
      'States.ResultPathMatchFailure',
      "Unable to apply the result at the ResultPath '$.l[0]'",
    ],
  ])('%j fails with %s', async (fields, error, cause) => {
    const ended = await new Fixture().run(only({ Type: 'Pass', ...fields }), { a: 1 });
    expect(ended).toMatchObject({ status: 'FAILED', error });
    expect(ended.cause).toContain(cause);
  });

  it('a result beyond 262,144 bytes of UTF-8 is States.DataLimitExceeded, one of just so many is not', async () => {
    const half = 'é'.repeat(65_000);
    const states = (padding: string) =>
      only({ Type: 'Pass', Parameters: { 'a.$': '$.half', 'b.$': '$.half', c: padding } });
    const overhead = Buffer.byteLength(JSON.stringify({ a: half, b: half, c: '' }));
    const fits = await new Fixture().run(states('x'.repeat(262_144 - overhead)), { half });
    const exceeds = await new Fixture().run(states('x'.repeat(262_145 - overhead)), { half });
    expect(fits.status).toBe('SUCCEEDED');
    expect(exceeds).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

it('any JSON value passes through Pass and Parameters unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      // JSON knows no negative zero.
      const expected = JSON.parse(JSON.stringify(value)) as unknown;
      await expect(pass({}, value)).resolves.toEqual(expected);
      await expect(pass({ Parameters: { 'v.$': '$' } }, value)).resolves.toEqual({ v: expected });
      await expect(pass({ Result: value, ResultPath: '$.v' }, {})).resolves.toEqual({ v: expected });
    }),
    { numRuns: 50 },
  );
});
