import * as fs from 'node:fs';
import * as path from 'node:path';
import { FENCES, typescriptFences } from '../../docs/code-fences';
import { PAGES } from '../../docs/pages';

const ROOT = path.join(__dirname, '..', '..');

it.each(Object.entries(PAGES))('says in docs/%s what the code says', async (name, render) => {
  expect(fs.readFileSync(path.join(ROOT, 'docs', name), 'utf8')).toBe(await render());
});

it('shows code that is compiled with the tests: "npm run docs" brings it there', () => {
  const modules = fs
    .readdirSync(FENCES)
    .map((name) => [name, fs.readFileSync(path.join(FENCES, name), 'utf8')]);
  expect(Object.fromEntries(modules)).toEqual(Object.fromEntries(typescriptFences()));
});

/** Whether a page, and the heading that an anchor names, are there. */
function leadsSomewhere(target: string, anchor: string | undefined): boolean {
  const file = path.join(ROOT, target);
  if (!fs.existsSync(file)) return false;
  if (anchor === undefined) return true;
  const headings = [...fs.readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    // GitHub's way: lower case, no punctuation, a hyphen for each blank.
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );
  return headings.includes(anchor);
}

it('links to pages and headings that exist', () => {
  const docs = fs.readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...fs.readdirSync(path.join(ROOT, 'examples')).map((language) => `examples/${language}/README.md`),
    ...docs.map((d) => `docs/${d}`),
  ];
  const broken = pages.flatMap((page) => {
    const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
    return [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)]
      .map(([, file, anchor]) => ({
        target: path.join(path.dirname(page), file === '' ? path.basename(page) : file!),
        anchor,
      }))
      .filter(({ target, anchor }) => target !== 'API.md' && !leadsSomewhere(target, anchor))
      .map(({ target, anchor }) => `${page} -> ${target}${anchor === undefined ? '' : `#${anchor}`}`);
  });
  expect(broken).toEqual([]);
});
