import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundledPackage, bundledPackages, type Metafile } from '../../projenrc/bundled-packages';
import { thirdPartyLicenses } from '../../projenrc/third-party';

const ROOT = join(__dirname, '..', '..');
const ENTRIES = [
  'src/cli.ts',
  'src/spec/pattern.ts',
  ...['trigger', 'state-machine', 'quality-check', 'api'].map((name) => `src/handlers/${name}.lambda.ts`),
];

let packages: BundledPackage[];
let code: string;
beforeAll(() => {
  const directory = mkdtempSync(join(tmpdir(), 'bundles-'));
  const options = ['--bundle', '--platform=node', '--main-fields=module,main', '--alias:level=memory-level'];
  const places = [`--outdir=${directory}`, `--metafile=${join(directory, 'meta.json')}`, '--log-level=error'];
  // Not minified: above each module stands where it is from.
  execFileSync('node_modules/.bin/esbuild', [...ENTRIES, ...options, ...places, '--entry-names=[name]'], {
    cwd: ROOT,
  });
  const bundles = readdirSync(directory).filter((name) => name.endsWith('.js'));
  code = bundles.map((name) => readFileSync(join(directory, name), 'utf8')).join('');
  const metafile = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8')) as Metafile;
  packages = bundledPackages(ROOT, [metafile]);
  rmSync(directory, { recursive: true });
}, 60_000);

it('names every package whose code stands in a bundle', () => {
  const folders = [...code.matchAll(/^\s*\/\/ (node_modules\/\S+)$/gm)].map(([, file]) => file!);
  const names = new Set(
    folders.map((file) => file.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+).*$/, '$1')),
  );
  expect(names.size).toBeGreaterThan(40);
  const named = new Set(packages.map(({ name }) => name));
  expect([...names].filter((name) => !named.has(name))).toEqual([]);
});

it('brings the text of each licence', () => {
  const text = thirdPartyLicenses(packages);
  for (const { name, version, license, text: own } of packages) {
    expect(text).toContain(`\n${name} ${version} (${license})\n`);
    expect(own).toMatch(/copyright|permission/i);
    expect(text).toContain(`\n\n${own}\n`);
  }
});

it('holds licences only that let the package be Apache-2.0', () => {
  const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
  expect(packages.filter(({ license }) => !allowed.includes(license))).toEqual([]);
});

it.each([
  [{ name: 'silent' }, 'silent does not say its licence, and is part of a bundle'],
  [
    { name: 'silent', license: 'BSD-3-Clause' },
    'silent brings no text of its licence BSD-3-Clause, and is part of a bundle',
  ],
])('takes in no package like %j', (manifest, message) => {
  const root = mkdtempSync(join(tmpdir(), 'unlicensed-'));
  for (const [name, json] of Object.entries({
    assemblyscript: { name: 'assemblyscript', license: 'MIT' },
    silent: manifest,
  })) {
    mkdirSync(join(root, 'node_modules', name), { recursive: true });
    writeFileSync(join(root, 'node_modules', name, 'package.json'), JSON.stringify(json));
  }
  const inputs = { 'node_modules/silent/index.js': { bytesInOutput: 1 } };
  expect(() => bundledPackages(root, [{ outputs: { 'a.js': { inputs } } }])).toThrow(message);
  rmSync(root, { recursive: true });
});
