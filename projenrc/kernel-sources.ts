import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** SHA-256 of the kernel's sources: tells whether the generated module is theirs. */
export function sourcesHash(): string {
  const directory = resolve(__dirname, '..', 'src', 'engine', 'assembly');
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
    hash.update(file).update(readFileSync(join(directory, file)));
  }
  return hash.digest('hex');
}
