/** Compares the compiled public API with the released one, which jsii-diff reads as a package beside its dependencies. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RELEASED_API } from './released-api';

const { jsii } = JSON.parse(readFileSync('package.json', 'utf8')) as { jsii: unknown };
const { name, version, license, author, dependencies } = JSON.parse(
  readFileSync(RELEASED_API, 'utf8'),
) as Record<string, unknown>;
const released = mkdtempSync(join(tmpdir(), 'released-api-'));
try {
  const manifest = { name, version, license, author, peerDependencies: dependencies, jsii };
  writeFileSync(join(released, 'package.json'), JSON.stringify(manifest));
  copyFileSync(RELEASED_API, join(released, '.jsii'));
  symlinkSync(resolve('node_modules'), join(released, 'node_modules'));
  const rules = ['--error-on', 'all', '--keys', '--ignore-file', '.compatignore'];
  const { status } = spawnSync('node_modules/.bin/jsii-diff', [released, '.', ...rules], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(released, { recursive: true });
}
