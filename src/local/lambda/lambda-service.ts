import { randomUUID } from 'node:crypto';
import { AsyncInvocations, type AsyncSettings } from './async-invocations';
import type { FunctionPool, LoggedResult } from './function-pool';
import type { FunctionSettings } from './function-settings';
import { mayBeMissing } from './runtimes';
import {
  AwsError,
  type Authorizer,
  type EventSender,
  type FaultSource,
  type FunctionInvoker,
  type InvokeResult,
  type Journal,
  type Principal,
  type QueueSender,
} from '../services';

/** Executions at once in a new account (Lambda quotas). */
const CONCURRENT_EXECUTIONS = 10;
/** Bytes of a request (Lambda quotas). */
const MAX_SYNC_BYTES = 6 * 1024 * 1024;
const MAX_ASYNC_BYTES = 256 * 1024;

export interface LambdaServiceProps {
  readonly journal: Journal;
  readonly authorizer: Authorizer;
  readonly queues: QueueSender;
  readonly events: EventSender;
  /** Real seconds for each second that AWS waits between two attempts of an asynchronous invocation. */
  readonly timeScale: number;
  readonly faults: FaultSource;
}

/** A function that can be invoked. */
export interface LocalFunction {
  readonly settings: FunctionSettings;
  readonly pool: FunctionPool;
  readonly principal: Principal;
}

/** Runs functions, at most ten invocations at once over all of them. */
export class LambdaService implements FunctionInvoker {
  private readonly functions = new Map<string, LocalFunction>();
  private readonly asynchronous: AsyncInvocations;
  private readonly waiting: (() => void)[] = [];
  private concurrentExecutions = CONCURRENT_EXECUTIONS;
  /** Invocations under way, by function name. */
  private readonly running = new Map<string, number>();

  constructor(private readonly props: LambdaServiceProps) {
    this.asynchronous = new AsyncInvocations({
      ...props,
      run: (fn, payload, requestId) => this.runWhenFree(fn, payload, requestId),
      invoke: (arn, payload, principal) => this.invokeAsync(arn, payload, principal),
    });
  }

  add(fn: LocalFunction): void {
    this.functions.set(fn.settings.name, fn);
  }

  configureAsync(functionName: string, settings: AsyncSettings): void {
    this.asynchronous.configure(this.find(functionName).settings.name, settings);
  }

  async invoke(functionArn: string, payload: string, principal: Principal): Promise<LoggedResult> {
    const fn = this.authorized(functionArn, payload, MAX_SYNC_BYTES, principal);
    const call = { service: 'lambda', operation: 'Invoke', on: fn.settings.name } as const;
    return this.props.faults.around(call, () => {
      const limit = this.limitReached(fn);
      if (limit) {
        throw new AwsError('Lambda.TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: limit });
      }
      return this.run(fn, payload, randomUUID());
    });
  }

  async invokeAsync(functionArn: string, payload: string, principal: Principal): Promise<void> {
    const fn = this.authorized(functionArn, payload, MAX_ASYNC_BYTES, principal);
    this.asynchronous.accept(fn, payload);
  }

  /** Lets so many executions run at once from now on; what waits in the queue of asynchronous invocations comes first. */
  limitExecutions(most: number): void {
    this.concurrentExecutions = most;
    this.wake();
  }

  /** Starts an environment of each function of these names, ahead of its first invocation. */
  async prepare(functionNames: readonly string[]): Promise<void> {
    await Promise.all(functionNames.map((name) => this.functions.get(name)?.pool.prepare()));
  }

  /** Construct paths of the functions. */
  get paths(): string[] {
    return [...this.functions.values()].map(({ settings }) => settings.path);
  }

  /** @throws NotProvidedError for the first function that nothing on this machine can run */
  async checkRuntimes(functionNames: readonly string[]): Promise<void> {
    for (const name of functionNames) {
      const fn = this.functions.get(name);
      if (fn && mayBeMissing(fn.settings.runtime)) await fn.pool.check();
    }
  }

  async stop(): Promise<void> {
    this.asynchronous.stop();
    await Promise.all([...this.functions.values()].map(({ pool }) => pool.stop()));
  }

  private authorized(
    functionArn: string,
    payload: string,
    limit: number,
    principal: Principal,
  ): LocalFunction {
    const fn = this.find(functionArn);
    const qualifier = qualifierOf(functionArn);
    const arn = qualifier === undefined ? fn.settings.arn : `${fn.settings.arn}:${qualifier}`;
    this.props.authorizer.authorize(principal, 'lambda:InvokeFunction', arn);
    const bytes = Buffer.byteLength(payload);
    if (bytes > limit) {
      throw new AwsError(
        'Lambda.RequestTooLargeException',
        `${bytes} byte payload is too large for the Invoke operation (limit ${limit} bytes)`,
        413,
      );
    }
    return fn;
  }

  /** By name or ARN, with or without a version or alias. */
  private find(functionArn: string): LocalFunction {
    const [name] = withoutArn(functionArn).split(':') as [string];
    const fn = this.functions.get(name);
    if (!fn) {
      throw new AwsError('Lambda.ResourceNotFoundException', `Function not found: ${functionArn}`, 404);
    }
    return fn;
  }

  private async run(fn: LocalFunction, payload: string, requestId: string): Promise<LoggedResult> {
    const { name } = fn.settings;
    this.running.set(name, this.runningOf(name) + 1);
    try {
      return await fn.pool.invoke(payload, requestId);
    } finally {
      this.running.set(name, this.runningOf(name) - 1);
      this.wake();
    }
  }

  private wake(): void {
    this.waiting.splice(0).forEach((wake) => wake());
  }

  /** An asynchronous invocation waits in Lambda's queue for its turn. */
  private async runWhenFree(fn: LocalFunction, payload: string, requestId: string): Promise<InvokeResult> {
    while (this.limitReached(fn)) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.run(fn, payload, requestId);
  }

  /** The reason that Lambda gives where one invocation more is one too many. */
  private limitReached({ settings: { name, reservedConcurrency } }: LocalFunction): string | undefined {
    const all = [...this.running.values()].reduce((sum, count) => sum + count, 0);
    if (all >= this.concurrentExecutions) return 'ConcurrentInvocationLimitExceeded';
    const reserved = reservedConcurrency ?? Infinity;
    return this.runningOf(name) >= reserved ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : undefined;
  }

  private runningOf(functionName: string): number {
    return this.running.get(functionName) ?? 0;
  }
}

function withoutArn(functionArn: string): string {
  return functionArn.replace(/^arn:[^:]+:lambda:[^:]*:[^:]*:function:/, '');
}

/** The version or alias that an invocation names: rights are given to each by itself. */
function qualifierOf(functionArn: string): string | undefined {
  return withoutArn(functionArn).split(':')[1];
}
