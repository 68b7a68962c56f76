import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Outcome } from './languages/language';

/** What each mistake of the five-fold app has to name: the construct's path, the prop, what was got. */
const MISTAKES = [
  /^Refused\/Suffix: environmentSuffix .*"Not Allowed"$/,
  /^Refused\/Retention\/\S+: jobRetention .* 1 day$/,
  /^Refused\/Dialect\/\S+: dialect: .*delimiter: got "--"/,
  /^Refused\/Column\/\S+: .*transforms\[0\]\.columns: got the unknown column "nowhere"/,
];

/** Holds what the languages came to against what the first came to, byte by byte. @throws where two differ */
export function compareOutcomes(results: ReadonlyMap<string, readonly Outcome[]>): string {
  const outcomes = [...results].flatMap(([name, list]) => list.map((outcome) => ({ name, ...outcome })));
  const templates = outcomes.filter((outcome) => outcome.templates !== undefined);
  const expected = templatesOf(templates[0]!.templates!);
  const refusals = templates[0]!.refusals!;
  checkRefusals(refusals);
  for (const { name, templates: folder, refusals: told } of templates) {
    const got = templatesOf(folder!);
    for (const file of new Set([...expected.keys(), ...got.keys()])) {
      if (!got.get(file) || !expected.get(file)?.equals(got.get(file)!)) {
        throw new Error(`${name}: ${file} differs from that of ${templates[0]!.name}`);
      }
    }
    if (told !== refusals) {
      throw new Error(`${name}: other errors than ${templates[0]!.name}:\n${told}\n${refusals}`);
    }
  }
  const published = outcomes.filter((outcome) => outcome.published !== undefined);
  const other = published.find((outcome) => outcome.published !== published[0]!.published);
  if (other) throw new Error(`${other.name}: the example published something else:\n${other.published}`);
  const names = (list: readonly { name: string }[]): string => list.map(({ name }) => name).join(', ');
  return (
    `${expected.size} templates and ${MISTAKES.length} errors are the same, byte by byte: ${names(templates)}\n` +
    `the examples published the same: ${names(published)}`
  );
}

function templatesOf(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  if (files.length === 0) throw new Error(`no template in ${folder}`);
  return new Map(files.map((file) => [file, readFileSync(path.join(folder, file))]));
}

function checkRefusals(refusals: string): void {
  const lines = refusals.trimEnd().split('\n');
  MISTAKES.forEach((mistake, index) => {
    if (!mistake.test(lines[index] ?? '')) throw new Error(`expected ${mistake}, got ${lines[index]}`);
  });
}
