import type { Principal } from '../services';
import type { EventPattern } from './event-pattern';
import type { TargetInput } from './target-input';

/** A rule of the default bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** Construct path. */
  readonly path: string;
  readonly isEnabled: boolean;
  /** The pattern as it was given, and as it was read. */
  readonly patternText?: string;
  readonly pattern?: EventPattern;
  readonly scheduleExpression?: string;
  readonly targets: readonly Target[];
}

/** Where a rule sends what it matches. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly input: TargetInput;
  /** The target's role, or EventBridge itself on the rule's behalf. */
  readonly principal: Principal;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeInSeconds: number;
  readonly deadLetterArn?: string;
}
