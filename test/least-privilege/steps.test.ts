import { controlCalls, proveNeeds } from './proof-tests';

const isOfSteps = (holder: string): boolean => /^(StateMachine\/(?!Finish)|Trigger)/.test(holder);

describe('the trigger, the state machine and the steps', () => {
  proveNeeds(isOfSteps);
  controlCalls((name) => /breaks off|deleted|twice|taken in|personal/.test(name));
});
