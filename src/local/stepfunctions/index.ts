export { ScaledClock, type Clock } from './clock';
export { StateMachineProvider } from './state-machine-provider';
export { StateMachines, type StateMachinesOptions } from './state-machines';
export { StepFunctionsService } from './step-functions-service';
