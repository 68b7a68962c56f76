import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

// Put together here, so that this file names none either.
const HOSTS = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['files', 'pythonhosted', 'org'],
  ['repo', 'maven', 'apache', 'org'],
  ['repo1', 'maven', 'org'],
  ['proxy', 'golang', 'org'],
  ['sum', 'golang', 'org'],
  ['api', 'nuget', 'org'],
].map((parts) => parts.join('.'));

it('names no host of a registry, so that it installs and releases behind any mirror', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  const there = files.filter((file) => file !== '' && existsSync(join(ROOT, file)));
  expect(there.length).toBeGreaterThan(500);
  const naming = there.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'latin1');
    return HOSTS.some((host) => text.includes(host));
  });
  expect(naming).toEqual([]);
});
