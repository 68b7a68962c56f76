import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** Where the fences lie as modules, so that they are compiled and linted with everything else. */
export const FENCES = path.join(ROOT, 'test', 'docs', 'fences');

/** Every TypeScript fence of the pages that a reader copies from, by the name of its module. */
export function typescriptFences(): Map<string, string> {
  const pages = fs.readdirSync(__dirname).filter((name) => name.endsWith('.md'));
  const files = [
    'README.md',
    'CONTRIBUTING.md',
    'examples/typescript/README.md',
    ...pages.map((name) => `docs/${name}`),
  ];
  const fences = new Map<string, string>();
  for (const file of files) {
    const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
    [...text.matchAll(/^```ts(?: \S+)?\n(.*?)^```$/gms)].forEach(([, code], index) => {
      const page = file.replace(/\.md$/, '').replace(/\//g, '-').toLowerCase();
      fences.set(`${page}-${index + 1}.ts`, `// From ${file}; made by "npm run docs".\n${code}`);
    });
  }
  return fences;
}

/** Writes the modules anew. */
export function writeFences(): void {
  fs.rmSync(FENCES, { recursive: true, force: true });
  fs.mkdirSync(FENCES, { recursive: true });
  for (const [name, code] of typescriptFences()) fs.writeFileSync(path.join(FENCES, name), code);
}
