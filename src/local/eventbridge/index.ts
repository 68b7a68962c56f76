export { EventBridgeService } from './event-bridge-service';
export { EventBus, type EventBusOptions } from './event-bus';
export { RuleProvider } from './rule-provider';
