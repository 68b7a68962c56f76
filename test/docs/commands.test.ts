import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommandLine } from '../../src/cli/command-line';

const ROOT = join(__dirname, '..', '..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'examples')).map((language) => `examples/${language}/README.md`),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** What stands in fences and in `code` of the pages, with the page; lines that end in a backslash go on. */
const CODE = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/\\\n\s*/g, '');
  const fences = [...text.matchAll(/^```[^\n]*\n([^]*?)^```$/gm)].flatMap(([, code]) => code!.split('\n'));
  const inline = [...text.matchAll(/`(n[^`\n]+)`/g)].map(([, code]) => code!);
  return [...fences, ...inline].map((code) => ({ page, code }));
});

function commands(pattern: RegExp): Array<[page: string, command: string]> {
  const found = CODE.flatMap(({ page, code }) =>
    [...code.matchAll(pattern)].map(([, command]): [string, string] => [page, command!.trim()]),
  );
  return [...new Map(found.map((entry) => [entry.join(' '), entry])).values()];
}

it.each(commands(/\bnpx serverless-csv-etl ([^|>&]*[^|>&\s])/g))(
  '%s: serverless-csv-etl %s',
  (_page, command) => {
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    // A language is one of several in the text.
    expect(parseCommandLine(words.map((word) => word.split('|')[0]!)).kind).not.toBe('help');
  },
);

it.each(commands(/\bnpm run (?:--silent )?([\w:-]+)/g))('%s: npm run %s', (_page, script) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(Object.keys(scripts)).toContain(script);
});

it.each(commands(/\bnpx projen ([\w:-]+)/g))('%s: npx projen %s', (_page, task) => {
  const { tasks } = JSON.parse(readFileSync(join(ROOT, '.projen', 'tasks.json'), 'utf8'));
  expect(Object.keys(tasks)).toContain(task);
});

it('shows JSON that is JSON', () => {
  const texts = PAGES.flatMap((page) => [
    ...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```json[^\n]*\n([^]*?)^```$/gm),
  ]);
  expect(texts.length).toBeGreaterThan(1);
  for (const [, text] of texts) expect(() => JSON.parse(text!)).not.toThrow();
});
