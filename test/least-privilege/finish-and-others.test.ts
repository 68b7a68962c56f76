import { controlCalls, proveNeeds } from './proof-tests';

const isOfSteps = (holder: string): boolean => /^(StateMachine\/(?!Finish)|Trigger)/.test(holder);

describe('finish, the API, the quality check, and who calls functions and queues', () => {
  proveNeeds((holder) => !isOfSteps(holder));
  controlCalls((name) => !/breaks off|deleted|twice|taken in/.test(name));
});
