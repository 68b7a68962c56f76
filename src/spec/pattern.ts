import { RE2JS } from 're2js';

/** Compiles an RE2 pattern, which matches in linear time whatever the text. Throws where it is none. */
export function compilePattern(pattern: string): RE2JS {
  return RE2JS.compile(pattern);
}

/** Says what is wrong with an RE2 pattern; undefined where it is sound. */
export function patternProblem(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
