import { judge } from './verdict';

const passed = { test: 'a', status: 'passed', message: '' } as const;
const failed = { test: 'b', status: 'failed', message: 'expected 1' } as const;
const skipped = { test: 'c', status: 'skipped', message: '' } as const;

it('is content with tests that pass, that are left out, and that fail as listed', () => {
  expect(judge([passed, failed, skipped], [{ test: 'b', why: '' }])).toEqual({
    passed: 1,
    failedAsKnown: 1,
    skipped: 1,
    complaints: [],
  });
});

it('complains about a failure that is not listed', () => {
  expect(judge([passed, failed], []).complaints).toEqual(['failed: b\nexpected 1']);
});

it('complains about a listed test that passes, or is left out', () => {
  const known = [
    { test: 'a', why: '' },
    { test: 'c', why: '' },
  ];
  expect(judge([passed, skipped], known).complaints).toEqual([
    'passed, though listed as a known failure: a',
    'skipped, though listed as a known failure: c',
  ]);
});

it('complains about a name on the list that no test has', () => {
  const known = [{ test: 'gone', why: '' }];
  expect(judge([passed], known).complaints).toEqual(["listed, but no test's name: gone"]);
});
