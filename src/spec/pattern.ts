/** Loaded with the first pattern: most schemas have none, and it takes a third of the engine's time to load. */
function re2(): typeof import('re2js').RE2JS {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('re2js') as typeof import('re2js')).RE2JS;
}

/** A compiled RE2 pattern. The library behind it is in no type: it is bundled into this file's module, not depended on. */
export interface Pattern {
  /** Whether the whole text matches. */
  matches(text: string): boolean;
  /** The text with every match replaced; `$1` and `$&` stand for parts of the match. */
  replaceAll(text: string, replacement: string): string;
}

/** Compiles an RE2 pattern, which matches in linear time whatever the text. Throws where it is none. */
export function compilePattern(pattern: string): Pattern {
  const compiled = re2().compile(pattern);
  return {
    matches: (text) => compiled.matches(text),
    replaceAll: (text, replacement) => compiled.matcher(text).replaceAll(replacement),
  };
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
