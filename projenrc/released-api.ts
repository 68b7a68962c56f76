/** Writes the compiled public API to released-api/, as a package that jsii-diff can load, without docs and places in sources. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const FOLDER = join(ROOT, 'released-api');

/** What says nothing of the API's shape, and would change with every commit. */
const LEFT_OUT = new Set([
  'dependencyClosure',
  'fingerprint',
  'jsiiVersion',
  'locationInModule',
  'metadata',
  'readme',
  'symbolId',
]);

/** Of docs only what decides whether a change is allowed. */
const KEPT_DOCS = new Set(['deprecated', 'stability']);

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !LEFT_OUT.has(name));
  return Object.fromEntries(
    kept.map(([name, member]) => [name, name === 'docs' ? decisive(member as object) : shapeOf(member)]),
  );
}

function decisive(docs: object): object {
  return Object.fromEntries(Object.entries(docs).filter(([name]) => KEPT_DOCS.has(name)));
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
const { name, version, license, author, jsii, peerDependencies } = manifest;
const assembly: unknown = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
mkdirSync(FOLDER, { recursive: true });
const write = (file: string, json: unknown) =>
  writeFileSync(join(FOLDER, file), `${JSON.stringify(json, null, 1)}\n`);
write('package.json', { name, version, license, author, jsii, peerDependencies });
write('.jsii', shapeOf(assembly));
