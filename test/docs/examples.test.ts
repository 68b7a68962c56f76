import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicNames } from '../public-api/sources';

it.each([
  ['Transform', 'transforms.md'],
  ['Enrichment', 'enrichments.md'],
])('shows every %s with rows before and after', (type, page) => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', page), 'utf8');
  const factories = publicNames().filter(({ name }) => name.startsWith(`${type}.`));
  expect(factories.length).toBeGreaterThan(2);
  expect(factories.filter(({ name }) => !text.includes(`\`${name}(`)).map(({ name }) => name)).toEqual([]);
});
