import * as fs from 'node:fs';
import * as path from 'node:path';
import { FENCES, typescriptFences } from '../../docs/code-fences';
import { PAGES } from '../../docs/pages';

const ROOT = path.join(__dirname, '..', '..');

it.each(Object.entries(PAGES))('says in docs/%s what the code says', (name, render) => {
  expect(fs.readFileSync(path.join(ROOT, 'docs', name), 'utf8')).toBe(render());
});

it('shows code that is compiled with the tests: "npm run docs" brings it there', () => {
  const modules = fs
    .readdirSync(FENCES)
    .map((name) => [name, fs.readFileSync(path.join(FENCES, name), 'utf8')]);
  expect(Object.fromEntries(modules)).toEqual(Object.fromEntries(typescriptFences()));
});

it('links to pages that exist', () => {
  const docs = fs.readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'examples/typescript/README.md',
    ...docs.map((d) => `docs/${d}`),
  ];
  const broken = pages.flatMap((page) => {
    const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
    return [...text.matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)]
      .map(([, target]) => path.join(path.dirname(page), target === '' ? path.basename(page) : target))
      .filter((target) => target !== 'API.md' && !fs.existsSync(path.join(ROOT, target)))
      .map((target) => `${page} -> ${target}`);
  });
  expect(broken).toEqual([]);
});
