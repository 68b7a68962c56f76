import { isKnownConditionKey, type RequestContext } from './condition-keys';
import { conditionOperator, type ConditionOperator } from './condition-operators';
import { refuseVariables, textsOf } from './policy-values';
import { NotProvidedError } from '../services';

/** Whether a statement applies to a request, as far as its `Condition` says. */
export type Condition = (context: RequestContext) => boolean;

/**
 * Reads the `Condition` of a statement: every operator and key must hold, one of the values of each.
 *
 * @throws NotProvidedError for an operator or key that the local run cannot judge: none is passed over
 */
export function readCondition(block: unknown, place: string): Condition {
  const conditions = Object.entries((block ?? {}) as object).flatMap(([name, keys]) => {
    const operator = conditionOperator(name, place);
    return Object.entries(keys as object).map(([key, values]) => {
      if (!isKnownConditionKey(key)) {
        throw new NotProvidedError(`the condition key ${key}, used at ${place}`);
      }
      const wanted = textsOf(values);
      wanted.forEach((value) => refuseVariables(value, place));
      return conditionOn(operator, key.toLowerCase(), wanted);
    });
  });
  return (context) => conditions.every((condition) => condition(context));
}

function conditionOn(operator: ConditionOperator, key: string, wanted: readonly string[]): Condition {
  const { asksPresence, fits, ifExists, negated } = operator;
  return (context) => {
    const actual = context[key];
    if (asksPresence) return wanted.includes(String(actual === undefined));
    if (actual === undefined) return ifExists || negated;
    return wanted.some((value) => fits(actual, value)) !== negated;
  };
}
