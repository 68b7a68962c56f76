import { Token } from 'aws-cdk-lib';
import { SpecError, type SpecProblem } from './spec/spec-error';
import { SpecReader } from './spec/spec-reader';

/**
 * Checks what a value class was given, and gives its JSON form. A spec is a file of its own, into which CloudFormation
 * puts nothing, so tokens are refused. Throws SpecError with all problems, `subject` in front.
 */
export function checkedSpec<Spec>(subject: string, json: object, read: (reader: SpecReader) => Spec): Spec {
  const problems: SpecProblem[] = tokensIn('', json).map((place) => ({
    place,
    got: 'a token',
    expected: 'a value that is known at synthesis',
  }));
  if (problems.length > 0) throw new SpecError(subject, problems);
  const spec = read(new SpecReader(json, '', problems));
  if (problems.length > 0) throw new SpecError(subject, problems);
  return spec;
}

/**
 * Works a value out now, and hands it over when it is asked for. A value class is made before any construct is there, so
 * what is wrong with it waits until a construct takes it in: its message can then begin with the construct's path, and
 * the stack of its cause leads to where the value was written.
 */
export function whenUsed<Value>(work: () => Value): () => Value {
  try {
    const value = work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Places of everything that only CloudFormation knows. */
function tokensIn(place: string, value: unknown): string[] {
  if (Token.isUnresolved(value)) return [place];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = Array.isArray(value) ? `[${name}]` : `${place === '' ? '' : '.'}${name}`;
    return tokensIn(`${place}${inner}`, member);
  });
}

/** An object without its undefined members: JSON has no undefined. */
export function defined<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
