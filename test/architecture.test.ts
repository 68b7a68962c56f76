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
function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import|require\()\s*'(\.[^']*)'/g)].map(([, target]) =>
    relative(src, resolve(src, dirname(file), target)),
  );
}

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

// The entry points of functions and of the command line do their work when they are loaded.
const modules = files.filter((file) => !file.endsWith('.lambda.ts') && file !== 'cli.ts');

it.each(modules)('%s loads by itself, in whatever order modules are imported', (file) => {
  jest.isolateModules(() => {
    expect(() => jest.requireActual(join(src, file))).not.toThrow();
  });
});
