import type { JsonObject } from '../json/json-value';
import type { Journal } from '../services';
import type { Rule, Target } from './rule';
import { targetInput } from './target-input';
import { callTarget, failureOf, type TargetFailure, type TargetServices } from './targets';
import type { Clock } from '../stepfunctions/clock';

/** What a delivery works with. */
export interface DeliveryServices extends TargetServices {
  readonly journal: Journal;
  readonly clock: Clock;
}

/** Seconds between attempts: they double up to a minute. */
const FIRST_DELAY = 1;
const LONGEST_DELAY = 60;

/** Hands one event to one target, with its retries; what cannot be delivered goes to the target's dead-letter queue. */
export async function deliver(
  services: DeliveryServices,
  rule: Rule,
  target: Target,
  event: JsonObject,
  signal: AbortSignal,
): Promise<void> {
  const origin = { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: event.time as string };
  const input = targetInput(target.input, event, origin);
  let age = 0;
  for (let retries = 0; ; retries++) {
    try {
      return await callTarget(services, target.arn, input, target.principal);
    } catch (problem) {
      const failure = failureOf(problem);
      const delay = Math.min(FIRST_DELAY * 2 ** retries, LONGEST_DELAY);
      const exhausted = exhaustedCondition(target, retries, age + delay);
      if (!failure.isRetriable || exhausted) {
        return sendToDeadLetters(services, rule, target, event, {
          failure,
          retries,
          exhausted: failure.isRetriable ? exhausted : undefined,
        });
      }
      await services.clock.wait(delay, signal);
      if (signal.aborted) return;
      // Age counts the seconds that are meant, not those of scaled time.
      age += delay;
    }
  }
}

function exhaustedCondition(target: Target, retries: number, age: number): string | undefined {
  if (retries >= target.maximumRetryAttempts) return 'MaximumRetryAttempts';
  return age > target.maximumEventAgeInSeconds ? 'MaximumEventAgeInSeconds' : undefined;
}

interface GivenUp {
  readonly failure: TargetFailure;
  readonly retries: number;
  readonly exhausted?: string;
}

/** Without a dead-letter queue the event is dropped, as on AWS. */
async function sendToDeadLetters(
  { queues, journal }: DeliveryServices,
  rule: Rule,
  target: Target,
  event: JsonObject,
  { failure, retries, exhausted }: GivenUp,
): Promise<void> {
  const queueArn = target.deadLetterArn;
  if (queueArn === undefined) return;
  const body = JSON.stringify(event);
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
    ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    RETRY_ATTEMPTS: String(retries),
  };
  await queues.send(queueArn, body, attributes, {
    kind: 'service',
    name: 'events.amazonaws.com',
    arn: rule.arn,
  });
  journal.record({ kind: 'dead-letter', queueArn, from: rule.arn, body });
}
