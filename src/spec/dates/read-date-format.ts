import type { SpecReader } from '../spec-reader';
import { dateFormatProblem } from './date-format';

/** Reads a property that is a strptime pattern. */
export function readDateFormat(reader: SpecReader, name: string): string {
  const pattern = reader.text(name);
  const problem = typeof reader.value(name) === 'string' ? dateFormatProblem(pattern) : undefined;
  if (problem !== undefined) reader.report(name, `a strptime format (${problem})`);
  return pattern;
}
