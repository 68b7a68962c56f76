import { matchesArn, matchesWildcard } from './wildcards';
import { NotProvidedError } from '../services';

/** How a condition compares what a request has with one value of the policy. */
export interface ConditionOperator {
  /** Whether the request's value fits one of the policy's. */
  readonly fits: (actual: string, wanted: string) => boolean;
  /** The condition holds where no value fits, and where the request has none. */
  readonly negated: boolean;
  /** With `IfExists`: the condition holds where the request has no value. */
  readonly ifExists: boolean;
  /** `Null` asks only whether there is a value. */
  readonly asksPresence: boolean;
}

type Fits = ConditionOperator['fits'];

const isEqual: Fits = (actual, wanted) => actual === wanted;
const isEqualInAnyCase: Fits = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const isLike: Fits = (actual, wanted) => matchesWildcard(wanted, actual);
const isArnLike: Fits = (actual, wanted) => matchesArn(wanted, actual);

/** Every comparison; a `true` beside it makes the operator that holds where nothing fits. */
const OPERATORS: Readonly<Record<string, readonly [Fits, negated?: boolean]>> = {
  StringEquals: [isEqual],
  StringNotEquals: [isEqual, true],
  StringEqualsIgnoreCase: [isEqualInAnyCase],
  StringNotEqualsIgnoreCase: [isEqualInAnyCase, true],
  StringLike: [isLike],
  StringNotLike: [isLike, true],
  NumericEquals: [(actual, wanted) => Number(actual) === Number(wanted)],
  NumericNotEquals: [(actual, wanted) => Number(actual) === Number(wanted), true],
  NumericLessThan: [(actual, wanted) => Number(actual) < Number(wanted)],
  NumericLessThanEquals: [(actual, wanted) => Number(actual) <= Number(wanted)],
  NumericGreaterThan: [(actual, wanted) => Number(actual) > Number(wanted)],
  NumericGreaterThanEquals: [(actual, wanted) => Number(actual) >= Number(wanted)],
  Bool: [isEqualInAnyCase],
  // AWS treats both pairs alike (IAM user guide, ARN condition operators).
  ArnEquals: [isArnLike],
  ArnLike: [isArnLike],
  ArnNotEquals: [isArnLike, true],
  ArnNotLike: [isArnLike, true],
};

const IF_EXISTS = 'IfExists';

/** @throws NotProvidedError for an operator that the local run does not know, such as those of sets, dates and addresses. */
export function conditionOperator(name: string, place: string): ConditionOperator {
  if (name === 'Null') return { fits: isEqual, negated: false, ifExists: false, asksPresence: true };
  const ifExists = name.endsWith(IF_EXISTS);
  const base = ifExists ? name.slice(0, -IF_EXISTS.length) : name;
  if (!Object.hasOwn(OPERATORS, base)) {
    throw new NotProvidedError(`the condition operator ${name}, used at ${place}`);
  }
  const [fits, negated = false] = OPERATORS[base]!;
  return { fits, negated, ifExists, asksPresence: false };
}
