/** Writes THIRD-PARTY-LICENSES, which the package carries: the licences of all code in its bundles. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BundledPackage, bundledPackages, type Metafile } from './bundled-packages';

const ROOT = resolve(__dirname, '..');
const RULE = '-'.repeat(80);

/** The text of the file: each licence once, under the packages that have it. */
export function thirdPartyLicenses(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, BundledPackage[]>();
  for (const found of packages) byText.set(found.text, [...(byText.get(found.text) ?? []), found]);
  return [
    'The functions, the command line and the pattern matcher of this package are bundles. They hold code of the packages',
    'below, under these licences.',
    ...[...byText].flatMap(([text, under]) => [
      '',
      RULE,
      ...under.map(({ name, version, license }) => `${name} ${version} (${license})`),
      '',
      text,
    ]),
    '',
  ].join('\n');
}

if (require.main === module) {
  const folder = join(ROOT, '.bundles');
  const metafiles = readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Metafile,
  );
  const packages = bundledPackages(ROOT, metafiles);
  writeFileSync(join(ROOT, 'THIRD-PARTY-LICENSES'), thirdPartyLicenses(packages));
}
