import * as fs from 'node:fs';
import * as path from 'node:path';
import { PAGES } from '../../docs/pages';

const ROOT = path.join(__dirname, '..', '..');

it.each(Object.entries(PAGES))('says in docs/%s what the code says', (name, render) => {
  expect(fs.readFileSync(path.join(ROOT, 'docs', name), 'utf8')).toBe(render());
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
