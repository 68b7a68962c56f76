import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code stands in a bundle of ours. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX id. */
  readonly license: string;
  /** Text of its licence, and of its notice where it has one. */
  readonly text: string;
}

/** What esbuild says of a bundle, as far as it is needed here. */
export interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly author?: string | { readonly name: string };
}

/** Compiled into the kernel's bytes, where esbuild does not see it: the standard library of its language. */
const IN_THE_KERNEL = 'node_modules/assemblyscript';

/** The packages whose code stands in the bundles, by name and version. @throws where a licence cannot be told */
export function bundledPackages(root: string, metafiles: readonly Metafile[]): BundledPackage[] {
  const folders = new Set([IN_THE_KERNEL]);
  for (const { inputs } of metafiles.flatMap(({ outputs }) => Object.values(outputs))) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = packageFolder(file);
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  const packages = [...folders].map((folder) => readPackage(root, folder));
  const byName = new Map(packages.map((found) => [`${found.name} ${found.version}`, found]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

/** `node_modules/a/node_modules/@b/c` of a file in it; undefined where the file is no package's. */
function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function readPackage(root: string, folder: string): BundledPackage {
  const place = join(root, folder);
  const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Manifest;
  const license = licenseOf(manifest);
  const files = readdirSync(place).filter((name) => /^(licen[cs]e|copying|notice)(\.|$)/i.test(name));
  const text = files
    .sort()
    .map((name) => readFileSync(join(place, name), 'utf8').trim())
    .join('\n\n');
  return {
    name: manifest.name,
    version: manifest.version,
    license,
    text: text || standardText(root, manifest, license),
  };
}

/** Packages of old say it in an object. */
function licenseOf({ name, license }: Manifest): string {
  if (license === undefined) throw new Error(`${name} does not say its licence, and is part of a bundle`);
  return typeof license === 'string' ? license : license.type;
}

/** The text that a licence's id stands for, of packages that bring none along. */
function standardText(root: string, { name, author }: Manifest, license: string): string {
  if (license === 'Apache-2.0') return readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  if (license !== 'MIT') {
    throw new Error(`${name} brings no text of its licence ${license}, and is part of a bundle`);
  }
  const holder = typeof author === 'object' ? author.name : (author ?? `the authors of ${name}`);
  return `Copyright (c) ${holder}\n\n${readFileSync(join(__dirname, 'mit.txt'), 'utf8').trim()}`;
}
