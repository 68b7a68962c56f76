import * as fs from 'node:fs';

/** Where the outputs of a deployed stack lie, unless `ETL_OUTPUTS` says otherwise. */
export const DEFAULT_OUTPUTS = 'cfn-outputs/flat-outputs.json';

export type Outputs = Readonly<Record<string, string>>;

/** Reads an outputs file: the CDK CLI's (an object a stack) or a flat one. Stacks are laid over each other. */
export function readOutputs(file: string): Outputs {
  return flatten(JSON.parse(fs.readFileSync(file, 'utf8')));
}

/** One object of all outputs. Two stacks that give one name different values are an error. */
export function flatten(nested: Readonly<Record<string, unknown>>): Outputs {
  const flat: Record<string, string> = {};
  const add = (name: string, value: unknown) => {
    if (typeof value !== 'string') throw new Error(`output ${name}: expected text, got ${typeof value}`);
    if (flat[name] !== undefined && flat[name] !== value) throw new Error(`output ${name} is there twice`);
    flat[name] = value;
  };
  for (const [name, value] of Object.entries(nested)) {
    if (value !== null && typeof value === 'object') Object.entries(value).forEach(([n, v]) => add(n, v));
    else add(name, value);
  }
  return flat;
}
