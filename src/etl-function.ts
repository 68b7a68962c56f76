import path from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue';
import { MAX_NAME_LENGTH, physicalName } from './names';
import { allow } from './rights';

/** Node runtime of the built-in functions, unless a prop says otherwise. */
export const DEFAULT_RUNTIME = lambda.Runtime.NODEJS_24_X;

/** Bundles of the functions that the library brings along. Those that the state machine calls share one. */
export type BuiltInBundle = 'trigger' | 'state-machine' | 'quality-check' | 'api';

export interface EtlFunctionProps {
  readonly environmentSuffix: string;
  readonly description: string;
  readonly code: lambda.Code;
  readonly handler: string;
  readonly runtime: lambda.Runtime;
  readonly architecture?: lambda.Architecture;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** What the function may do, beside writing its log and its traces. */
  readonly policy: readonly iam.PolicyStatement[];
  /** Gets the events that an asynchronously invoked function failed on three times. */
  readonly deadLetterQueue?: sqs.IQueue;
}

/** Code of a function that the library brings along. The path is right from src/ and from lib/ alike. */
export function bundledCode(name: BuiltInBundle): lambda.Code {
  return lambda.Code.fromAsset(path.join(__dirname, '..', 'assets', 'handlers', `${name}.lambda`));
}

/** A function with a role and a log group of its own. */
export class EtlFunction extends Construct {
  readonly function: lambda.Function;
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: EtlFunctionProps) {
    super(scope, id);
    const functionName = physicalName(this, props.environmentSuffix, MAX_NAME_LENGTH.function);

    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logs.RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
      // Inline, so that the rights are there when Lambda checks them while it creates the function.
      inlinePolicies: { Function: new iam.PolicyDocument({ statements: this.statements(props) }) },
    });
    this.function = new lambda.Function(this, 'Function', {
      functionName,
      description: props.description,
      code: props.code,
      handler: props.handler,
      runtime: props.runtime,
      architecture: props.architecture ?? lambda.Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      environment: sortedByName(props.environment),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
    this.configureWithoutPolicies(props.deadLetterQueue);
  }

  private statements(props: EtlFunctionProps): iam.PolicyStatement[] {
    const statements = [
      // On the function's own group only, and never CreateLogGroup: Lambda would make the group again after teardown.
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logGroup.logGroupArn]),
      // X-Ray knows no resources for these two actions.
      allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
      ...props.policy,
    ];
    if (props.deadLetterQueue) statements.push(allow(['sqs:SendMessage'], [props.deadLetterQueue.queueArn]));
    return statements;
  }

  /**
   * Tracing and the queue are set on the resource itself: as props they would add a second policy to the role, one
   * that under some feature flags the function does not wait for.
   */
  private configureWithoutPolicies(deadLetterQueue?: sqs.IQueue): void {
    const resource = this.function.node.defaultChild as lambda.CfnFunction;
    resource.tracingConfig = { mode: lambda.Tracing.ACTIVE };
    if (deadLetterQueue) resource.deadLetterConfig = { targetArn: deadLetterQueue.queueArn };
  }
}

/** A function that services invoke asynchronously, with a dead-letter queue of its own. */
export class AsynchronousFunction extends EtlFunction {
  readonly deadLetterQueue: sqs.Queue;

  constructor(scope: Construct, id: string, props: EtlFunctionProps) {
    const deadLetterQueue = new DeadLetterQueue(scope, `${id}DeadLetterQueue`, props.environmentSuffix);
    super(scope, id, { ...props, deadLetterQueue });
    this.deadLetterQueue = deadLetterQueue;
  }
}

/** Maps that come from other languages have no order of their own. */
function sortedByName(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
