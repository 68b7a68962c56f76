import { compilePath, queryPath } from '../json/json-path';
import type { Json, JsonObject } from '../json/json-value';

/** What a target gets in place of the event. At most one of the three. */
export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

/** Where the event came from; a template can name it. */
export interface EventOrigin {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingestionTime: string;
}

/** Checks paths when a rule is loaded. Throws a PathSyntaxError. */
export function checkTargetInput({ InputPath: path, InputTransformer: transformer }: TargetInput): void {
  if (path !== undefined) compilePath(path);
  Object.values(transformer?.InputPathsMap ?? {}).forEach((each) => compilePath(each));
}

/** The text that a target gets of an event. */
export function targetInput(input: TargetInput, event: JsonObject, origin: EventOrigin): string {
  if (input.Input !== undefined) return input.Input;
  if (input.InputPath !== undefined) {
    return JSON.stringify(queryPath(compilePath(input.InputPath), event) ?? null);
  }
  if (input.InputTransformer !== undefined) return transform(input.InputTransformer, event, origin);
  return JSON.stringify(event);
}

/**
 * Puts values at the `<name>`s of a template: as JSON where it stands by itself, as text inside quotes.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function transform(
  { InputPathsMap: paths = {}, InputTemplate: template }: NonNullable<TargetInput['InputTransformer']>,
  event: JsonObject,
  origin: EventOrigin,
): string {
  const values: Record<string, Json | undefined> = {
    'aws.events.rule-arn': origin.ruleArn,
    'aws.events.rule-name': origin.ruleName,
    'aws.events.event.ingestion-time': origin.ingestionTime,
    'aws.events.event': event,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(paths)) values[name] = queryPath(compilePath(path), event);
  let isQuoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (found, name: string | undefined) => {
    if (found === '"') isQuoted = !isQuoted;
    if (name === undefined || !Object.hasOwn(values, name)) return found;
    return isQuoted ? inQuotes(values[name]) : JSON.stringify(values[name] ?? null);
  });
}

function inQuotes(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  return value === undefined ? '' : JSON.stringify(text).slice(1, -1);
}
