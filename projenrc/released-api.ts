/** Takes the compiled public API for the released one, without docs and places in sources. */
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * What was released last, until it can be taken from a registry. It is not called `.jsii` and no package: whatever looks
 * for assemblies below this folder would take it for the compiled one.
 */
export const RELEASED_API = 'test/public-api/released.json';

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

if (require.main === module) {
  const assembly: unknown = JSON.parse(readFileSync('.jsii', 'utf8'));
  writeFileSync(RELEASED_API, `${JSON.stringify(shapeOf(assembly), null, 1)}\n`);
}
