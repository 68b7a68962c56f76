import { DEFAULT_LIMITS, type LimitsSpec } from './pipeline-spec';
import { SpecError, type SpecProblem } from './spec-error';
import { SpecReader } from './spec-reader';

const MIB = 1024 * 1024;

/** Least and most of each limit. A record has to fit a Buffer, which is less than 2 GiB. */
const BOUNDS: Readonly<Record<keyof LimitsSpec, readonly [number, number]>> = {
  maxRecordBytes: [1024, 1024 * MIB],
  uniqueBudgetBytes: [MIB, 10 * 1024 * MIB],
};

/** Checks limits; what they leave out is that of DEFAULT_LIMITS. Throws SpecError with all problems. */
export function checkLimits(json: unknown): LimitsSpec {
  const problems: SpecProblem[] = [];
  const limits = readLimits(new SpecReader(json, '', problems));
  if (problems.length > 0) throw new SpecError('limits', problems);
  return limits;
}

/** Reads limits; problems are collected by the reader. */
export function readLimits(reader: SpecReader): LimitsSpec {
  reader.only(Object.keys(BOUNDS));
  const limit = (name: keyof LimitsSpec) =>
    reader.has(name) ? reader.integer(name, ...BOUNDS[name]) : DEFAULT_LIMITS[name];
  return { maxRecordBytes: limit('maxRecordBytes'), uniqueBudgetBytes: limit('uniqueBudgetBytes') };
}
