// Prints the closing lines of the test runs whose reports lie in a folder, so that a run that executed no test is seen.
// Usage: summary.js FOLDER REPORT...; every report named must be there, each with at least one test that passed.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const [folder, ...expected] = process.argv.slice(2);

function countsOf(report) {
  const text = readFileSync(join(folder, report), 'utf8');
  const [suites] = text.match(/<testsuites [^>]*>/);
  const count = (name) => Number((suites.match(new RegExp(`\\b${name}="(\\d+)"`)) ?? [0, 0])[1]);
  const skipped = (text.match(/<skipped/g) ?? []).length;
  const failed = count('failures') + count('errors');
  return { passed: count('tests') - failed - skipped, failed, skipped };
}

const lineOf = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
const found = readdirSync(folder).filter((name) => name.endsWith('.xml'));
const missing = expected.filter((name) => !found.includes(name));
for (const name of missing) console.error(`${name}: no report, these tests did not run`);

const all = found.map((name) => ({ name, ...countsOf(name) }));
for (const each of all) console.log(`${each.name}: ${lineOf(each)}`);
const sum = (key) => all.reduce((total, each) => total + each[key], 0);
console.log(lineOf({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }));
if (missing.length > 0 || all.some(({ passed, failed }) => passed < 1 || failed > 0)) process.exit(1);
