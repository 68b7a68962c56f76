import * as path from 'node:path';
import type { AppSubject } from './template';
import { UsageError } from '../usage-error';

/**
 * What an app for a CSV is called, and needs to say.
 *
 * @throws UsageError where the name has no extension, since by that a bucket knows which files start a job
 */
export function subjectOf(csv: string): Omit<AppSubject, 'detect'> {
  const [, stem, suffix] = /^(.+?)(\.[a-z0-9]+(?:\.gz)?)$/i.exec(path.basename(csv)) ?? [];
  if (stem === undefined || suffix === undefined) {
    throw new UsageError(`${csv} has no extension such as .csv, by which the pipeline could tell its files`);
  }
  const words = stem.match(/[a-z0-9]+/gi) ?? [];
  // Neither a construct nor a package is well named by a number alone.
  const named = /^[a-z]/i.test(words[0] ?? '') ? words : ['csv', ...words];
  return {
    csv,
    schema: `${stem}.schema.json`,
    construct: named.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(''),
    name: named.join('-').toLowerCase(),
    suffix: suffix === '.csv' ? undefined : suffix,
  };
}
