import { isObject, type Json, type JsonObject } from '../../json/json-value';
import { COMPARISONS, PATH_COMPARISONS } from '../choice-rules';
import { Kind } from './field-kinds';

const CONNECTIVES = ['And', 'Or', 'Not'];

/** Checks the rules of a Choice state. Throws an Error that says what is wrong in which rule. */
export function checkChoices(choices: readonly Json[]): void {
  choices.forEach((rule, i) => {
    try {
      checkRule(rule, true);
    } catch (problem) {
      throw new Error(`Choices[${i}]: ${(problem as Error).message}`);
    }
  });
}

function checkRule(rule: Json, isTopLevel: boolean): void {
  if (!isObject(rule)) throw new Error(`expected an object, got ${JSON.stringify(rule)}`);
  const { Next: next, Comment: comment, ...test } = rule;
  if (comment !== undefined) Kind.text(comment);
  if (isTopLevel !== (next !== undefined)) {
    throw new Error(isTopLevel ? 'it has no Next' : 'only the outermost rule has a Next, not one inside it');
  }
  const connective = CONNECTIVES.find((name) => test[name] !== undefined);
  if (connective) {
    checkConnective(connective, test);
  } else {
    checkComparison(test);
  }
}

function checkConnective(connective: string, test: JsonObject): void {
  const other = Object.keys(test).find((name) => name !== connective);
  if (other !== undefined) throw new Error(`the field '${other}' cannot stand beside ${connective}`);
  if (connective === 'Not') return checkRule(test.Not, false);
  Kind.list(test[connective]);
  (test[connective] as Json[]).forEach((part) => checkRule(part, false));
}

function checkComparison(test: JsonObject): void {
  const { Variable: variable, ...comparisons } = test;
  if (variable === undefined) throw new Error('it has no Variable');
  Kind.path(variable);
  const entries = Object.entries(comparisons);
  if (entries.length !== 1) throw new Error(`it has ${entries.length} comparisons where one belongs`);
  const [name, operand] = entries[0];
  if (name === 'IsPresent') return Kind.flag(operand);
  if (PATH_COMPARISONS.has(name)) return Kind.path(operand);
  const comparison = COMPARISONS.get(name);
  if (!comparison) throw new Error(`the comparison '${name}' is not known`);
  if (!comparison.isOperand(operand)) {
    throw new Error(`${name} expects ${comparison.expected}, got ${JSON.stringify(operand)}`);
  }
}
