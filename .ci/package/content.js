// Holds what is in the tarball to what may be there, and prints what it weighs. Usage: content.js <folder> <tarball>
const assert = require('node:assert');
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { join, relative } = require('node:path');
const { deflateSync } = require('node:zlib');

const MOST_BYTES = 2_000_000;
const [, , folder, tarball] = process.argv;

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

// By content: the part of the path that says what a file is, and for code which kind.
const weights = new Map();
for (const file of files) {
  const [first, second] = file.split('/');
  const kind = /\.d\.ts$|\.js$/.exec(file)?.[0] ?? '';
  const part = first === 'assets' ? file.split('/').slice(0, 3).join('/') : first === 'lib' ? `lib/${file.includes('/', 4) ? second : '*'} ${kind}` : first;
  const bytes = readFileSync(join(folder, file));
  const weight = weights.get(part) ?? { files: 0, bytes: 0, packed: 0 };
  weights.set(part, {
    files: weight.files + 1,
    bytes: weight.bytes + bytes.length,
    packed: weight.packed + deflateSync(bytes, { level: 9 }).length,
  });
}
console.table(Object.fromEntries([...weights].sort(([, a], [, b]) => b.packed - a.packed)));

const { size } = statSync(tarball);
console.log(`${size} bytes packed, of at most ${MOST_BYTES}`);
assert(size < MOST_BYTES, 'the tarball is too large: the table says where its bytes are');

const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
assert.deepStrictEqual(manifest.dependencies ?? {}, {}, 'what runs is bundled, or a peer');
assert.deepStrictEqual(Object.keys(manifest.peerDependencies).sort(), ['aws-cdk-lib', 'constructs']);
for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
  assert(!(script in manifest.scripts), `installing the package runs a script: ${script}`);
}
for (const file of ['LICENSE', 'THIRD-PARTY-LICENSES', 'README.md', 'API.md', '.jsii', ...Object.values(manifest.bin)]) {
  assert(existsSync(join(folder, file)), `the tarball lacks ${file}`);
}
const strangers = files.filter((file) => /(^|\/)(test|src|bench|node_modules|examples)\/|\.map$|tsbuildinfo/.test(file));
assert.deepStrictEqual(strangers, [], 'the tarball carries what no user needs');
