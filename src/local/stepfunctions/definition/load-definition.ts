import { checkChoices } from './check-choices';
import type { Definition } from './definition';
import {
  CATCHER_FIELDS,
  EXCLUSIVE,
  MACHINE_FIELDS,
  PROCESSOR_CONFIG_FIELDS,
  PROCESSOR_FIELDS,
  REQUIRED,
  RETRIER_FIELDS,
  STATE_FIELDS,
  WORKFLOW_FIELDS,
  type FieldTable,
} from './fields';
import { isObject, type Json, type JsonObject } from '../../json/json-value';
import { NotProvidedError } from '../../services';

/** Says what is wrong with a definition, and in which state. */
export class InvalidDefinitionError extends Error {
  constructor(message: string) {
    super(`invalid state machine definition: ${message}`);
    this.name = 'InvalidDefinitionError';
  }
}

/** The longest name of a state. */
const LONGEST_NAME = 80;
/** Fields that another query language or variables bring; they are named as what they are. */
const OTHER_LANGUAGE = ['Assign', 'Arguments', 'Output', 'Items', 'Condition'];
const DISTRIBUTED = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];

/** What the local run knows of the resources that a Task can name. */
export interface ResourceCatalogue {
  /** Fields that the resource takes in Parameters, `any`, or undefined for a resource that is not provided. */
  parametersOf(resource: string): readonly string[] | 'any' | undefined;
}

/**
 * Reads a definition and checks every field of every state, so that nothing in it is ever passed over.
 *
 * @throws InvalidDefinitionError for what AWS would refuse, NotProvidedError for what only the local run lacks;
 *         both name the state and the field.
 */
export function loadDefinition(text: string, resources: ResourceCatalogue): Definition {
  let definition: Json;
  try {
    definition = JSON.parse(text) as Json;
  } catch (problem) {
    throw new InvalidDefinitionError(`it is not JSON: ${(problem as Error).message}`);
  }
  new Loader(resources).machine(definition);
  return definition as unknown as Definition;
}

class Loader {
  /** Names are unique in the whole machine, not only among neighbours. */
  private readonly names = new Set<string>();

  constructor(private readonly resources: ResourceCatalogue) {}

  machine(definition: Json): void {
    this.workflow(definition, 'the state machine', MACHINE_FIELDS);
  }

  private workflow(value: Json, where: string, fields: FieldTable): void {
    const workflow = this.fields(value, where, fields);
    const states = workflow.States;
    if (!isObject(states) || Object.keys(states).length === 0) {
      throw new InvalidDefinitionError(`${where} has no States`);
    }
    const start = workflow.StartAt;
    if (typeof start !== 'string') throw new InvalidDefinitionError(`${where} has no StartAt`);
    const reached = new Set<string>();
    const reach = (target: string, from: string) => {
      if (!Object.hasOwn(states, target)) {
        throw new InvalidDefinitionError(`${from} names the state '${target}', which is not there`);
      }
      reached.add(target);
    };
    reach(start, `StartAt of ${where}`);
    for (const [name, state] of Object.entries(states)) {
      for (const target of this.state(name, state)) reach(target, `the state '${name}'`);
    }
    const unreached = Object.keys(states).find((name) => !reached.has(name));
    if (unreached !== undefined) {
      throw new InvalidDefinitionError(`no state leads to the state '${unreached}'`);
    }
  }

  /** Checks a state and gives the names of the states it can lead to. */
  private state(name: string, value: Json): string[] {
    const where = `the state '${name}'`;
    if (this.names.has(name)) throw new InvalidDefinitionError(`${where} is there twice`);
    this.names.add(name);
    if ([...name].length > LONGEST_NAME) {
      throw new InvalidDefinitionError(`${where} has a name of more than ${LONGEST_NAME} characters`);
    }
    const type = isObject(value) ? value.Type : undefined;
    if (typeof type !== 'string') throw new InvalidDefinitionError(`${where} has no Type`);
    if (!Object.hasOwn(STATE_FIELDS, type)) throw new NotProvidedError(`the type '${type}' of ${where}`);
    const state = this.fields(value, `${where} (${type})`, STATE_FIELDS[type]);
    this.combinations(type, state, where);
    this.contents(type, state, where);
    return this.targets(type, state, where);
  }

  private combinations(type: string, state: JsonObject, where: string): void {
    for (const group of EXCLUSIVE[type] ?? []) {
      const present = group.filter((field) => state[field] !== undefined);
      if (present.length > 1) throw new InvalidDefinitionError(`${where} has both ${present.join(' and ')}`);
    }
    for (const group of REQUIRED[type]) {
      if (group.every((field) => state[field] === undefined)) {
        throw new InvalidDefinitionError(`${where} has no ${group.join(' or ')}`);
      }
    }
  }

  private contents(type: string, state: JsonObject, where: string): void {
    if (type === 'Task') this.resource(state, where);
    if (type === 'Choice') {
      this.within(where, 'Choices', () => checkChoices(state.Choices as Json[]));
    }
    for (const branch of (state.Branches as Json[] | undefined) ?? []) {
      this.workflow(branch, `a branch of ${where}`, WORKFLOW_FIELDS);
    }
    const processor = state.ItemProcessor ?? state.Iterator;
    if (processor !== undefined) this.processor(processor, where);
    this.errorRules(state.Retry, RETRIER_FIELDS, `Retry of ${where}`);
    this.errorRules(state.Catch, CATCHER_FIELDS, `Catch of ${where}`);
  }

  private resource(state: JsonObject, where: string): void {
    const resource = state.Resource as string;
    const allowed = this.resources.parametersOf(resource);
    if (allowed === undefined) throw new NotProvidedError(`the Resource '${resource}' of ${where}`);
    if (allowed === 'any' || !isObject(state.Parameters)) return;
    for (const name of Object.keys(state.Parameters)) {
      if (!allowed.includes(name.replace(/\.\$$/, ''))) {
        throw new InvalidDefinitionError(
          `Parameters of ${where}: ${resource} does not take the field '${name}'`,
        );
      }
    }
  }

  private processor(processor: Json, where: string): void {
    const config = isObject(processor) ? processor.ProcessorConfig : undefined;
    if (isObject(config) && config.Mode === 'DISTRIBUTED') {
      throw new NotProvidedError(`the Mode 'DISTRIBUTED' in ProcessorConfig of ${where}`);
    }
    this.workflow(processor, `the processor of ${where}`, PROCESSOR_FIELDS);
    if (config !== undefined) this.fields(config, `ProcessorConfig of ${where}`, PROCESSOR_CONFIG_FIELDS);
  }

  private errorRules(rules: Json | undefined, fields: FieldTable, where: string): void {
    const list = (rules as Json[] | undefined) ?? [];
    list.forEach((value, i) => {
      const rule = this.fields(value, where, fields);
      if (rule.ErrorEquals === undefined) throw new InvalidDefinitionError(`${where} has no ErrorEquals`);
      if (fields === CATCHER_FIELDS && rule.Next === undefined) {
        throw new InvalidDefinitionError(`${where} has no Next`);
      }
      if ((rule.ErrorEquals as string[]).includes('States.ALL') && i < list.length - 1) {
        throw new InvalidDefinitionError(`${where} has States.ALL before its last entry`);
      }
    });
  }

  private targets(type: string, state: JsonObject, where: string): string[] {
    const fromCatch = ((state.Catch as JsonObject[] | undefined) ?? []).map(
      (catcher) => catcher.Next as string,
    );
    if (type === 'Choice') {
      const choices = (state.Choices as JsonObject[]).map((choice) => choice.Next as string);
      return state.Default === undefined ? choices : [...choices, state.Default as string];
    }
    if (type === 'Succeed' || type === 'Fail') return [];
    if ((state.Next !== undefined) === (state.End === true)) {
      throw new InvalidDefinitionError(`${where} must have either Next or "End": true`);
    }
    return state.Next === undefined ? fromCatch : [state.Next as string, ...fromCatch];
  }

  /** Checks that an object has known fields only, and of the right kind. */
  private fields(value: Json, where: string, table: FieldTable): JsonObject {
    if (!isObject(value)) {
      throw new InvalidDefinitionError(`${where} is not an object: ${JSON.stringify(value)}`);
    }
    for (const [field, content] of Object.entries(value)) {
      if (field === 'QueryLanguage' && content !== 'JSONPath') {
        throw new NotProvidedError(`the QueryLanguage ${JSON.stringify(content)} of ${where}`);
      }
      if (!Object.hasOwn(table, field)) throw unknownField(field, where);
      this.within(where, field, () => table[field](content));
    }
    return value;
  }

  private within(where: string, field: string, check: () => void): void {
    try {
      check();
    } catch (problem) {
      if (problem instanceof NotProvidedError) {
        throw new NotProvidedError(`${problem.what}, used by ${field} of ${where}`);
      }
      throw new InvalidDefinitionError(`${field} of ${where}: ${(problem as Error).message}`);
    }
  }
}

function unknownField(field: string, where: string): Error {
  if (OTHER_LANGUAGE.includes(field)) {
    return new NotProvidedError(`the field '${field}' (variables and JSONata) of ${where}`);
  }
  if (DISTRIBUTED.includes(field)) {
    return new NotProvidedError(`the field '${field}' (Distributed Map) of ${where}`);
  }
  return new InvalidDefinitionError(`${where} has the unknown field '${field}'`);
}
