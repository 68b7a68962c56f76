import { AwsError, type FunctionInvoker, type Principal, type QueueSender } from '../services';

/** What EventBridge needs of Step Functions. */
export interface ExecutionStarter {
  start(request: { stateMachineArn: string; input: string }, principal: Principal): Promise<unknown>;
}

/** What targets are. */
export interface TargetServices {
  readonly functions: FunctionInvoker;
  readonly queues: QueueSender;
  readonly executions: ExecutionStarter;
}

type Call = (services: TargetServices, arn: string, input: string, principal: Principal) => Promise<unknown>;

/** Kinds of targets by their ARN. */
const TARGETS: readonly (readonly [RegExp, Call])[] = [
  [
    /^arn:[^:]+:lambda:[^:]*:[^:]*:function:/,
    async ({ functions }, arn, input, principal) => functions.invokeAsync(arn, input, principal),
  ],
  [
    /^arn:[^:]+:sqs:[^:]*:[^:]*:(?!.*\.fifo$)/,
    async ({ queues }, arn, input, principal) => queues.send(arn, input, {}, principal),
  ],
  [
    /^arn:[^:]+:states:[^:]*:[^:]*:stateMachine:/,
    async ({ executions }, stateMachineArn, input, principal) =>
      executions.start({ stateMachineArn, input }, principal),
  ],
];

export function isTargetArn(arn: unknown): arn is string {
  return TARGETS.some(([pattern]) => pattern.test(String(arn)));
}

/** Hands a target its input. Throws what the target's service throws. */
export async function callTarget(
  services: TargetServices,
  arn: string,
  input: string,
  principal: Principal,
): Promise<void> {
  const [, call] = TARGETS.find(([pattern]) => pattern.test(arn))!;
  await call(services, arn, input, principal);
}

/** What went wrong, in EventBridge's words, and whether another attempt can help. */
export interface TargetFailure {
  readonly code: string;
  readonly message: string;
  readonly isRetriable: boolean;
}

/** The first that fits the service's error code. */
const FAILURES: readonly (readonly [RegExp, string, boolean])[] = [
  [/AccessDenied|NotAuthorized/, 'NO_PERMISSIONS', false],
  [/NotFound|DoesNotExist|NonExistentQueue/, 'NO_RESOURCE', false],
  [/Throttl|TooManyRequests/, 'THROTTLING', true],
];

export function failureOf(problem: unknown): TargetFailure {
  const { message } = problem as Error;
  if (!(problem instanceof AwsError)) return { code: 'ERROR_FROM_TARGET', message, isRetriable: true };
  const [, code, isRetriable] = FAILURES.find(([pattern]) => pattern.test(problem.code)) ?? [
    undefined,
    'ERROR_FROM_TARGET',
    problem.statusCode >= 500,
  ];
  return { code, message, isRetriable };
}
