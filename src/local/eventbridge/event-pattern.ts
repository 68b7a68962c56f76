import { parseMatcher, type Matcher } from './pattern-operators';
import { isObject, type Json, type JsonObject } from '../json/json-value';

/** An event pattern that has been read: everything in it has to match. */
export interface EventPattern {
  readonly fields: ReadonlyMap<string, FieldPattern>;
  /** `$or`: of each list one pattern has to match. */
  readonly alternatives: readonly (readonly EventPattern[])[];
}

type FieldPattern = EventPattern | readonly Matcher[];

/**
 * Reads an event pattern.
 *
 * @throws Error that names what is wrong, or NotProvidedError for an operator that is not known.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function parsePattern(pattern: Json, where = 'the event pattern'): EventPattern {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw new Error(`${where} must be an object that is not empty, got ${JSON.stringify(pattern)}`);
  }
  const fields = new Map<string, FieldPattern>();
  const alternatives: EventPattern[][] = [];
  for (const [name, value] of Object.entries(pattern)) {
    const place = `${where}.${name}`;
    if (name === '$or' && Array.isArray(value) && value.every(isObject)) {
      alternatives.push(value.map((alternative, i) => parsePattern(alternative, `${place}[${i}]`)));
    } else {
      fields.set(name, Array.isArray(value) ? parseMatchers(value, place) : parsePattern(value, place));
    }
  }
  return { fields, alternatives };
}

function parseMatchers(values: readonly Json[], where: string): Matcher[] {
  if (values.length === 0) throw new Error(`${where} must be a list that is not empty`);
  return values.map((value) => parseMatcher(value, where));
}

/** Whether an event matches. A field that the pattern does not name can be anything. */
export function matchesPattern(pattern: EventPattern, event: JsonObject): boolean {
  return (
    [...pattern.fields].every(([name, field]) =>
      matchesField(field, Object.hasOwn(event, name) ? event[name] : undefined),
    ) && pattern.alternatives.every((list) => list.some((alternative) => matchesPattern(alternative, event)))
  );
}

function matchesField(field: FieldPattern, value: Json | undefined): boolean {
  if (isMatchers(field)) return matchesValue(field, value);
  // Of a list of objects, one has to match the whole pattern.
  if (Array.isArray(value)) return value.some((item) => matchesField(field, item));
  return matchesPattern(field, isObject(value) ? value : {});
}

function isMatchers(field: FieldPattern): field is readonly Matcher[] {
  return Array.isArray(field);
}

/** A list in the event matches where one of its values does. Objects are no leaves: only their absence can be told. */
function matchesValue(matchers: readonly Matcher[], value: Json | undefined): boolean {
  const candidates = Array.isArray(value) && value.length > 0 ? value : [value];
  return matchers.some((matches) =>
    candidates.some((candidate) =>
      matches(isObject(candidate) || Array.isArray(candidate) ? undefined : candidate),
    ),
  );
}
