import { matchesPattern, parsePattern } from '../../../src/local/eventbridge/event-pattern';
import type { Json, JsonObject } from '../../../src/local/json/json-value';

const matches = (pattern: unknown, event: unknown) =>
  matchesPattern(parsePattern(pattern as Json), event as JsonObject);
const ofValue = (matcher: unknown, value: unknown) =>
  matches({ detail: { v: [matcher] } }, { detail: { v: value } });

const OBJECT_CREATED = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'orders' }, object: { key: 'raw/2026/a b.csv', size: 5, 'version-id': 'v1' } },
};

describe('the patterns of a pipeline', () => {
  it('take in what lies under the prefix with the suffix', () => {
    const pattern = {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: ['orders'] },
        object: { key: [{ wildcard: 'raw/*.csv' }, { wildcard: 'raw/*.tsv' }] },
      },
    };
    expect(matches(pattern, OBJECT_CREATED)).toBe(true);
    const other = {
      ...OBJECT_CREATED,
      detail: { ...OBJECT_CREATED.detail, object: { key: 'processed/a.csv' } },
    };
    expect(matches(pattern, other)).toBe(false);
  });

  it('take in the executions that ended badly', () => {
    const pattern = {
      source: ['aws.states'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: ['arn'] },
    };
    const event = (status: string) => ({ source: 'aws.states', detail: { status, stateMachineArn: 'arn' } });
    expect(['FAILED', 'ABORTED', 'SUCCEEDED'].map((status) => matches(pattern, event(status)))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('values', () => {
  it.each<[unknown, unknown, boolean]>([
    ['a', 'a', true],
    ['a', 'A', false],
    ['1', 1, false],
    [1, 1, true],
    [true, true, true],
    [null, null, true],
    [null, undefined, false],
    ['', '', true],
    ['a', ['b', 'a'], true],
    ['a', [], false],
    ['a', { a: 1 }, false],
    [{ prefix: 'ra' }, 'raw', true],
    [{ prefix: { 'equals-ignore-case': 'RA' } }, 'raw', true],
    [{ prefix: 'ra' }, 5, false],
    [{ suffix: '.csv' }, 'a.csv', true],
    [{ suffix: { 'equals-ignore-case': '.CSV' } }, 'a.csv', true],
    [{ suffix: '.csv' }, 'a.tsv', false],
    [{ 'equals-ignore-case': 'AlIcE' }, 'aLiCe', true],
    [{ 'equals-ignore-case': '1' }, 1, false],
    [{ wildcard: 'dir/*/a*.txt' }, 'dir/x/y/abc.txt', true],
    [{ wildcard: 'a\\*b\\\\' }, 'a*b\\', true],
    [{ wildcard: 'a.c' }, 'abc', false],
    [{ wildcard: '*' }, 5, false],
    [{ 'anything-but': 'a' }, 'b', true],
    [{ 'anything-but': 'a' }, 'a', false],
    [{ 'anything-but': 'a' }, undefined, false],
    [{ 'anything-but': [1, 2] }, 3, true],
    [{ 'anything-but': [1, 2] }, 2, false],
    [{ 'anything-but': { prefix: 'in' } }, 'init', false],
    [{ 'anything-but': { suffix: ['.txt', '.rtf'] } }, 'a.csv', true],
    [{ 'anything-but': { suffix: ['.txt', '.rtf'] } }, 'a.rtf', false],
    [{ 'anything-but': { 'equals-ignore-case': 'A' } }, 'a', false],
    [{ 'anything-but': { wildcard: '*/lib/*' } }, 'x/lib/y', false],
    [{ numeric: ['=', 5] }, 5, true],
    [{ numeric: ['>', 0, '<=', 5] }, 5, true],
    [{ numeric: ['>=', 0, '<', 5] }, 5, false],
    [{ numeric: ['<', 10] }, '5', false],
    [{ exists: true }, 0, true],
    [{ exists: true }, undefined, false],
    [{ exists: false }, undefined, true],
    [{ exists: false }, null, false],
    [{ cidr: '10.0.0.0/24' }, '10.0.0.255', true],
    [{ cidr: '10.0.0.0/24' }, '10.0.1.0', false],
    [{ cidr: '2001:db8::/32' }, '2001:db8::1', true],
    [{ cidr: '10.0.0.0/24' }, 'no address', false],
  ])('%j of %j is %p', (matcher, value, expected) => {
    expect(ofValue(matcher, value)).toBe(expected);
  });
});

describe('structure', () => {
  it('all fields have to match, any value of a field does', () => {
    const pattern = { a: ['x', 'y'], b: ['z'] };
    expect(matches(pattern, { a: 'y', b: 'z', c: 1 })).toBe(true);
    expect(matches(pattern, { a: 'y', b: 'q' })).toBe(false);
    expect(matches(pattern, { a: 'y' })).toBe(false);
  });

  it('of a list of objects one has to match as a whole', () => {
    const pattern = { detail: { items: { kind: ['a'], size: [1] } } };
    expect(matches(pattern, { detail: { items: [{ kind: 'a', size: 1 }] } })).toBe(true);
    expect(
      matches(pattern, {
        detail: {
          items: [
            { kind: 'a', size: 2 },
            { kind: 'b', size: 1 },
          ],
        },
      }),
    ).toBe(false);
  });

  it('$or takes one of its patterns, beside all other fields', () => {
    const pattern = { source: ['s'], detail: { $or: [{ a: [{ numeric: ['>', 5] }] }, { b: ['x'] }] } };
    expect(matches(pattern, { source: 's', detail: { a: 6 } })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { b: 'x' } })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { a: 5, b: 'y' } })).toBe(false);
    expect(matches(pattern, { source: 't', detail: { a: 6 } })).toBe(false);
  });

  it('a field below one that is missing is missing', () => {
    expect(matches({ detail: { a: { b: [{ exists: false }] } } }, { detail: {} })).toBe(true);
    expect(matches({ detail: { a: { b: ['x'] } } }, { detail: { a: 'text' } })).toBe(false);
  });

  it('finds no member that every object inherits', () => {
    expect(matches({ constructor: [{ exists: true }] }, {})).toBe(false);
  });
});

it.each<[unknown, string]>([
  [{}, 'the event pattern must be an object that is not empty, got {}'],
  [[], 'the event pattern must be an object that is not empty, got []'],
  [{ detail: 5 }, 'the event pattern.detail must be an object that is not empty, got 5'],
  [{ detail: { a: [] } }, 'the event pattern.detail.a must be a list that is not empty'],
  [{ a: [['x']] }, 'the event pattern.a has a list inside its list'],
  [
    { a: [{ prefix: 'x', suffix: 'y' }] },
    'the event pattern.a has an entry of 2 operators where one belongs',
  ],
  [
    { a: [{ contains: 'x' }] },
    "the local run does not provide the operator 'contains' of the event pattern.a",
  ],
  [{ a: [{ toString: 'x' }] }, "the local run does not provide the operator 'toString'"],
  [
    { a: [{ 'anything-but': { exists: true } }] },
    "the local run does not provide the operator 'exists' inside 'anything-but'",
  ],
  [
    { a: [{ 'anything-but': [] }] },
    "'anything-but' takes a text, a number, a list of them, or one further operator, got []",
  ],
  [{ a: [{ prefix: 5 }] }, "the event pattern.a: 'prefix' takes a text, got 5"],
  [{ a: [{ wildcard: 'a**b' }] }, "'wildcard' takes a text without two asterisks in a row"],
  [{ a: [{ exists: 'yes' }] }, `'exists' takes true or false, got "yes"`],
  [{ a: [{ numeric: ['>'] }] }, "'numeric' takes a list of one or two comparisons"],
  [{ a: [{ numeric: ['~', 5] }] }, "'numeric' takes a list of one or two comparisons"],
  [{ a: [{ numeric: 5 }] }, "'numeric' takes a list of one or two comparisons"],
  [{ a: [{ cidr: '10.0.0.0/40' }] }, "'cidr' takes a block of addresses such as 10.0.0.0/24"],
  [{ a: [{ cidr: 'here' }] }, "'cidr' takes a block of addresses"],
])('refuses %j', (pattern, message) => {
  expect(() => parsePattern(pattern as Json)).toThrow(message);
});
