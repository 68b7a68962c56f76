import type { RejectPolicySpec } from './reject-policy-spec';
import { SpecError, type SpecProblem } from './spec-error';
import { SpecReader } from './spec-reader';

const TYPES = ['fail-on-first', 'tolerate-rows', 'tolerate-percent', 'quarantine-all'] as const;

/** Checks a reject policy. Throws SpecError with all problems. */
export function checkRejectPolicy(json: unknown): RejectPolicySpec {
  const problems: SpecProblem[] = [];
  const policy = readRejectPolicy(new SpecReader(json, '', problems));
  if (problems.length > 0) throw new SpecError('reject policy', problems);
  return policy;
}

/** Reads a reject policy; problems are collected by the reader. */
export function readRejectPolicy(reader: SpecReader): RejectPolicySpec {
  const type = reader.choice('type', TYPES);
  switch (type) {
    case 'tolerate-rows':
      reader.only(['type', 'rows']);
      return { type, rows: reader.integer('rows', 0, Number.MAX_SAFE_INTEGER) };
    case 'tolerate-percent':
      reader.only(['type', 'percent']);
      return { type, percent: reader.number('percent', 0, 100) };
    default:
      reader.only(['type']);
      return { type };
  }
}
