import { queryPath } from '../../json/json-path';
import type { Json } from '../../json/json-value';
import type { StateData } from '../payload-template';
import { ErrorName, RuntimeStateError } from '../state-error';
import { INTRINSIC_FUNCTIONS } from './intrinsic-functions';
import { unescapeText, type Argument, type IntrinsicCall } from './intrinsic-syntax';

/** Calls an intrinsic function on a state's data. The message names the whole call, as AWS's does. */
export function evaluateIntrinsic(call: IntrinsicCall, data: StateData): Json {
  const fail = (problem: string, error?: string) =>
    new RuntimeStateError(`The function '${call.text}' had the following error: ${problem}`, error);

  const run = ({ name, args }: IntrinsicCall): Json => {
    const values = args.map((argument, i) => valueOf(argument, name === 'States.Format' && i === 0));
    try {
      return INTRINSIC_FUNCTIONS[name].call(values);
    } catch (problem) {
      throw fail(`Invalid arguments in ${name}: ${(problem as Error).message}`, ErrorName.INTRINSIC_FAILURE);
    }
  };

  const valueOf = (argument: Argument, isTemplate: boolean): Json => {
    switch (argument.kind) {
      case 'literal':
        return argument.value;
      case 'text':
        return isTemplate ? argument.raw : unescapeText(argument.raw);
      case 'call':
        return run(argument.call);
      case 'path': {
        const root = argument.isContext ? data.context : data.input;
        const value = queryPath(argument.path, root);
        if (value !== undefined) return value;
        const field = `${argument.isContext ? '$' : ''}${argument.path.text}`;
        throw fail(
          `The JsonPath argument for the field '${field}' could not be found in the input '${JSON.stringify(root)}'`,
        );
      }
    }
  };
  return run(call);
}
