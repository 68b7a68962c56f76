import { RuntimeStateError, StateError } from '../state-error';
import type { Visit } from './visit';

/** A state's error as AWS words it. What is no error of a state (a stop, a defect of the local run) is thrown on. */
export function explained(problem: unknown, visit: Visit): StateError {
  if (problem instanceof RuntimeStateError) {
    return new StateError(
      problem.error,
      `An error occurred while executing the state '${visit.name}' (entered at the event id #${visit.enteredEventId}). ${problem.reason}`,
    );
  }
  if (problem instanceof StateError) return problem;
  throw problem;
}
