import type { Principal } from '../services';
import type { Definition } from './definition/definition';

/** A state machine of the template. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly role: Principal;
  readonly definition: Definition;
  /** The definition as it was given. */
  readonly definitionText: string;
  readonly creationDate: Date;
  readonly loggingConfiguration: { level: string; includeExecutionData: boolean };
  readonly tracingConfiguration: { enabled: boolean };
}
