import * as fs from 'node:fs';
import * as path from 'node:path';

export interface CodeFence {
  /** File and line, to be found again. */
  readonly place: string;
  readonly code: string;
}

const ROOT = path.join(__dirname, '..', '..');

/** Every TypeScript fence of the pages that a reader copies from. */
export function typescriptFences(): CodeFence[] {
  const docs = path.join(ROOT, 'docs');
  const pages = fs.readdirSync(docs).filter((name) => name.endsWith('.md'));
  return [
    path.join(ROOT, 'README.md'),
    path.join(ROOT, 'CONTRIBUTING.md'),
    path.join(ROOT, 'examples', 'typescript', 'README.md'),
    ...pages.map((name) => path.join(docs, name)),
  ].flatMap(fencesOf);
}

function fencesOf(file: string): CodeFence[] {
  const text = fs.readFileSync(file, 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => ({
    place: `${path.relative(ROOT, file)}:${text.slice(0, match.index).split('\n').length}`,
    code: match[1],
  }));
}
