import type { Resolver } from './resolver';
import { NotProvidedError } from '../services';

type Operator = (resolver: Resolver, operands: readonly unknown[], place: string) => boolean;

/** The condition functions of CloudFormation (Condition functions, Template Reference). */
const OPERATORS: Readonly<Record<string, Operator>> = {
  'Fn::Equals': (resolver, [left, right], place) =>
    String(resolver.resolve(left, place)) === String(resolver.resolve(right, place)),
  'Fn::And': (resolver, operands, place) =>
    operands.every((operand) => evaluateCondition(resolver, operand, place)),
  'Fn::Or': (resolver, operands, place) =>
    operands.some((operand) => evaluateCondition(resolver, operand, place)),
  'Fn::Not': (resolver, [operand], place) => !evaluateCondition(resolver, operand, place),
};

/** @throws NotProvidedError for a function that is none of CloudFormation's conditions. */
export function evaluateCondition(resolver: Resolver, condition: unknown, place: string): boolean {
  const [[name, argument]] = Object.entries(condition as object) as [[string, unknown]];
  if (name === 'Condition') return resolver.condition(String(argument), place);
  const operator = OPERATORS[name];
  if (!operator) throw new NotProvidedError(`the condition function ${name}, used at ${place}`);
  return operator(resolver, argument as readonly unknown[], `${place}/${name}`);
}
