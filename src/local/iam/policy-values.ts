import { NotProvidedError } from '../services';

/** One value or a list of them, as policies allow either; numbers and booleans as texts. */
export function textsOf(value: unknown): string[] {
  return [value].flat().map(String);
}

/** @throws NotProvidedError for `${aws:...}` and its like, which AWS fills in for each request */
export function refuseVariables(text: string, place: string): void {
  const variable = /\$\{[^}]*\}?/.exec(text);
  if (variable) throw new NotProvidedError(`the policy variable ${variable[0]}, used at ${place}`);
}
