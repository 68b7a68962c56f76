import * as fs from 'node:fs';
import * as path from 'node:path';
import { COMBINATIONS, templateBody } from './apps';

/** Writes the template of every combination into a folder, for linters of others; those that are equal once. */
function writeTemplates(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  const written = new Set<string>();
  for (const combination of COMBINATIONS) {
    const text = JSON.stringify(templateBody(combination), undefined, 1);
    if (written.has(text)) continue;
    written.add(text);
    fs.writeFileSync(path.join(folder, `${combination.name.replace(/[^a-z]+/gi, '-')}.json`), text);
  }
}

writeTemplates(process.argv[2]);
