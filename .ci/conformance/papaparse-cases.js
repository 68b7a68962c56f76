// Prints the cases of papaparse's tests that read CSV, as JSON. Usage: papaparse-cases.js <test-cases.js>
const { readFileSync } = require('node:fs');
const vm = require('node:vm');

const source = readFileSync(process.argv[2], 'utf8');
const sandbox = {
  console,
  // What the file asks of its surroundings: a browser, and the test runner.
  chai: { assert: {} },
  Papa: { BAD_DELIMITERS: [], RECORD_SEP: '\x1e', UNIT_SEP: '\x1f' },
  describe: Object.assign(() => undefined, { skip: () => undefined }),
  document: undefined,
};
vm.runInNewContext(`${source}\nthis.sets = { CORE_PARSER_TESTS, PARSE_TESTS };`, sandbox);

const cases = Object.entries(sandbox.sets).flatMap(([list, tests]) =>
  tests
    .filter(({ disabled, input }) => !disabled && typeof input === 'string')
    .map(({ description, input, config = {}, expected }) => ({
      set: 'papaparse',
      name: `${list}: ${description}`,
      input,
      options: Object.fromEntries(Object.entries(config).map(([name, value]) => [name, typeof value === 'function' ? 'a function' : value])),
      expected: expected.data,
      errors: (expected.errors ?? []).map(({ code }) => code),
    })),
);
process.stdout.write(JSON.stringify(cases));
