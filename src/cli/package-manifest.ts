import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

export interface PackageManifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** What package.json says. The bundle and the sources lie at different depths below the package's folder. */
export function packageManifest(): PackageManifest {
  for (let directory = __dirname; ; directory = path.dirname(directory)) {
    const file = path.join(directory, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as PackageManifest;
  }
}
