import type { Json } from '../json/json-value';
import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import {
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  NotProvidedError,
  type Principal,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';
import type { EventBus } from './event-bus';
import { parsePattern } from './event-pattern';
import type { Rule, Target } from './rule';
import { checkScheduleExpression } from './schedule-expression';
import { checkTargetInput } from './target-input';
import { isTargetArn } from './targets';

/** Tells who calls in the name of a role. */
export interface RoleLookup {
  /** @throws AwsError where the role's trust policy does not let the service use it for the resource */
  principal(roleArn: string, service: string, sourceArn: string): Principal;
}

/** The longest name of a rule. */
const LONGEST_NAME = 64;
/** What a target does without a retry policy: 185 attempts within a day. */
const RETRY = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 };

const RULE_PROPERTIES = [
  'Name',
  'Description',
  'EventPattern',
  'ScheduleExpression',
  'State',
  'Targets',
  'EventBusName',
  'Tags',
];
const TARGET_PROPERTIES = [
  'Arn',
  'Id',
  'RoleArn',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'DeadLetterConfig',
];
const STATES = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

/** Makes AWS::Events::Rule on the default bus. Whatever a rule says that is not provided is an error that names it. */
export class RuleProvider implements ResourceProvider {
  readonly types = ['AWS::Events::Rule'];

  constructor(
    private readonly bus: EventBus,
    private readonly roles: RoleLookup,
  ) {}

  provide(resource: TemplateResource): ProvidedResource {
    const { path, properties } = resource;
    const where = `the rule ${path}`;
    checkProperties(resource, RULE_PROPERTIES);
    if (!/^(.*\/)?default$/.test(properties.EventBusName ?? 'default')) {
      throw new NotProvidedError(`the event bus '${properties.EventBusName}' of ${where}`);
    }
    const state: string = properties.State ?? 'ENABLED';
    if (!STATES.includes(state)) throw new Error(`${where} has the unknown State '${state}'`);
    const name: string = properties.Name ?? physicalName(resource, LONGEST_NAME);
    const arn = `arn:${LOCAL_PARTITION}:events:${LOCAL_REGION}:${LOCAL_ACCOUNT}:rule/${name}`;
    this.bus.add({
      name,
      arn,
      path,
      isEnabled: state !== 'DISABLED',
      ...trigger(properties, where),
      targets: (properties.Targets ?? []).map((target: TargetProperties) => this.target(target, arn, where)),
    });
    return { ref: name, attributes: { Arn: arn } };
  }

  private target(target: TargetProperties, ruleArn: string, rule: string): Target {
    const where = `the target '${target.Id}' of ${rule}`;
    checkTargetProperties(target, where);
    if (!isTargetArn(target.Arn)) throw new NotProvidedError(`the Arn '${target.Arn}' of ${where}`);
    const { Input, InputPath, InputTransformer } = target;
    const input = { Input, InputPath, InputTransformer };
    inRule(where, () => checkTargetInput(input));
    const service: Principal = { kind: 'service', name: 'events.amazonaws.com', arn: ruleArn };
    const retry = { ...RETRY, ...target.RetryPolicy };
    return {
      id: target.Id,
      arn: target.Arn,
      input,
      principal:
        target.RoleArn === undefined ? service : this.roles.principal(target.RoleArn, service.name, ruleArn),
      maximumRetryAttempts: retry.MaximumRetryAttempts,
      maximumEventAgeInSeconds: retry.MaximumEventAgeInSeconds,
      deadLetterArn: target.DeadLetterConfig?.Arn,
    };
  }
}

type TargetProperties = Readonly<Record<string, any>> & { readonly Id: string; readonly Arn: string };

/** A rule has a pattern or a schedule, or both. */
function trigger(properties: TemplateResource['properties'], where: string): Partial<Rule> {
  const { EventPattern: given, ScheduleExpression: scheduleExpression } = properties;
  if (given === undefined && scheduleExpression === undefined) {
    throw new Error(`${where} has neither EventPattern nor ScheduleExpression`);
  }
  if (scheduleExpression !== undefined) inRule(where, () => checkScheduleExpression(scheduleExpression));
  if (given === undefined) return { scheduleExpression };
  const pattern =
    typeof given === 'string' ? inRule(where, () => JSON.parse(given) as Json) : (given as Json);
  return {
    scheduleExpression,
    patternText: JSON.stringify(pattern),
    pattern: inRule(where, () => parsePattern(pattern)),
  };
}

function inRule<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof NotProvidedError) {
      throw new NotProvidedError(`${problem.what}, used by ${where}`);
    }
    throw new Error(`${where}: ${(problem as Error).message}`);
  }
}

function checkTargetProperties(target: object, where: string): void {
  const unknown = Object.keys(target).find((name) => !TARGET_PROPERTIES.includes(name));
  if (unknown !== undefined) throw new NotProvidedError(`the property '${unknown}' of ${where}`);
}
