import type { ConstraintRule } from './constraint';
import { compilePattern } from '../../spec/pattern';

/** The whole cell matches; in time linear in its length, since patterns meet hostile data. */
export const pattern: ConstraintRule = ({ constraints }) => {
  if (constraints.pattern === undefined) return undefined;
  const compiled = compilePattern(constraints.pattern);
  return {
    message: `must match the pattern ${constraints.pattern}`,
    needsValue: false,
    holds: (data, start, end) => compiled.matches(data.toString('utf8', start, end)),
  };
};
