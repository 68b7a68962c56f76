import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const src = resolve(__dirname, '..', 'src');
const assembly = join('engine', 'assembly');
// AssemblyScript is another language, and knows nothing but itself.
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith(assembly),
);

/** Which parts a part may import. A construct is a file that lies directly in src. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  spec: ['shared'],
  engine: ['spec', 'shared'],
  handlers: ['engine', 'spec', 'shared'],
  local: ['shared'],
  cli: ['local', 'engine', 'spec', 'shared'],
  constructs: ['spec', 'shared'],
};

function partOf(file: string): string {
  const [first, ...rest] = file.split(sep);
  if (first === 'cli.ts') return 'cli';
  return rest.length === 0 ? 'constructs' : first;
}

/** Every module of this project that a file imports, by its path below src. */
function importsOf(file: string, pattern = /(?:from|import|require\()\s*'(\.[^']*)'/g): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(pattern)].map(([, target]) => relative(src, resolve(src, dirname(file), target)));
}

/** The files that each file loads as it is loaded itself; types are gone by then. */
const loadedBy = new Map(
  files.map((file) => [
    file,
    importsOf(file, /(?:import|export)\s+(?!type\b)[^;]*?from\s*'(\.[^']*)'/g).flatMap((target) =>
      [`${target}.ts`, join(target, 'index.ts')].filter((name) => files.includes(name)),
    ),
  ]),
);

it('keeps the kernel apart from TypeScript', () => {
  const sources = readdirSync(join(src, assembly), { recursive: true, encoding: 'utf8' });
  for (const file of sources.filter((name) => name.endsWith('.ts'))) {
    for (const target of importsOf(join(assembly, file))) {
      expect(target).toMatch(new RegExp(`^${assembly}\\b`));
    }
  }
});

it.each(files)('%s imports only the parts that its own part may know', (file) => {
  const part = partOf(file);
  const foreign = importsOf(file).filter((target) => {
    const to = partOf(target);
    return to !== part && !ARROWS[part].includes(to);
  });
  expect(foreign).toEqual([]);
});

/** The files that come back to themselves by their imports: only there does it matter which one is loaded first. */
const cyclic = files.filter((file) => reaches(file, file, new Set()));

function reaches(from: string, to: string, seen: Set<string>): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const targets = loadedBy.get(from) ?? [];
  return targets.some((target) => target === to || reaches(target, to, seen));
}

it.each(cyclic)('%s loads by itself, in whatever order modules are imported', (file) => {
  jest.isolateModules(() => {
    expect(() => jest.requireActual(join(src, file))).not.toThrow();
  });
});
