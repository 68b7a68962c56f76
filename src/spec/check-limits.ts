import { DEFAULT_LIMITS, type Limit, LIMITS, type LimitsSpec } from './limits';
import { SpecError, type SpecProblem } from './spec-error';
import { SpecReader } from './spec-reader';

/** Checks limits; what they leave out is that of DEFAULT_LIMITS. Throws SpecError with all problems. */
export function checkLimits(json: unknown): LimitsSpec {
  const problems: SpecProblem[] = [];
  const limits = readLimits(new SpecReader(json, '', problems));
  if (problems.length > 0) throw new SpecError('limits', problems);
  return limits;
}

/** Reads limits; problems are collected by the reader. */
export function readLimits(reader: SpecReader): LimitsSpec {
  const limits: Readonly<Record<string, Limit>> = LIMITS;
  reader.only(Object.keys(limits));
  const given = Object.entries(limits)
    .filter(([name]) => reader.has(name))
    .map(([name, { least, most }]) => [name, reader.integer(name, least, most)]);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
}
