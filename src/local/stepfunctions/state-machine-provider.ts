import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import {
  NotProvidedError,
  type Principal,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';
import { stateMachineArn, type StateMachines } from './state-machines';

/** Properties that are used, or that change nothing in a local run. */
const PROPERTIES = [
  'Definition',
  'DefinitionString',
  'DefinitionSubstitutions',
  'EncryptionConfiguration',
  'LoggingConfiguration',
  'RoleArn',
  'StateMachineName',
  'StateMachineType',
  'Tags',
  'TracingConfiguration',
];

/** Tells who calls in the name of a role. */
export interface RoleLookup {
  /** @throws AwsError where the role's trust policy does not let the service use it for the resource */
  principal(roleArn: string, service: string, sourceArn: string): Principal;
}

/** The longest name of a state machine. */
const LONGEST_NAME = 80;

/** Makes AWS::StepFunctions::StateMachine. */
export class StateMachineProvider implements ResourceProvider {
  readonly types = ['AWS::StepFunctions::StateMachine'];

  constructor(
    private readonly machines: StateMachines,
    private readonly roles: RoleLookup,
  ) {}

  provide(resource: TemplateResource): ProvidedResource {
    const { path, properties } = resource;
    checkProperties(resource, PROPERTIES);
    if ((properties.StateMachineType ?? 'STANDARD') !== 'STANDARD') {
      throw new NotProvidedError(
        `the StateMachineType '${properties.StateMachineType}' of the state machine ${path}`,
      );
    }
    const logging = properties.LoggingConfiguration ?? {};
    const name: string = properties.StateMachineName ?? physicalName(resource, LONGEST_NAME);
    const machine = this.machines.add({
      name,
      role: this.roles.principal(properties.RoleArn, 'states.amazonaws.com', stateMachineArn(name)),
      definitionText: definitionText(properties, path),
      loggingConfiguration: {
        level: logging.Level ?? 'OFF',
        includeExecutionData: logging.IncludeExecutionData ?? false,
      },
      tracingConfiguration: { enabled: properties.TracingConfiguration?.Enabled ?? false },
    });
    return {
      ref: machine.arn,
      attributes: { Arn: machine.arn, Name: machine.name, StateMachineRevisionId: 'INITIAL' },
    };
  }
}

function definitionText(properties: TemplateResource['properties'], path: string): string {
  const text = properties.DefinitionString ?? JSON.stringify(properties.Definition);
  if (typeof text !== 'string') {
    throw new NotProvidedError(
      `the state machine ${path}, which has neither DefinitionString nor Definition`,
    );
  }
  return text.replace(/\$\{([A-Za-z0-9]+)\}/g, (found, name: string) => {
    const value = properties.DefinitionSubstitutions?.[name];
    return value === undefined ? found : String(value);
  });
}
