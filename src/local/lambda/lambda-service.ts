import { randomUUID } from 'node:crypto';
import { AsyncInvocations, type AsyncSettings } from './async-invocations';
import type { FunctionPool, LoggedResult } from './function-pool';
import type { FunctionSettings } from './function-settings';
import {
  AwsError,
  type Authorizer,
  type EventSender,
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
  private running = 0;

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
    if (this.running >= CONCURRENT_EXECUTIONS) {
      throw new AwsError('Lambda.TooManyRequestsException', 'Rate Exceeded.', 429, {
        Reason: 'ConcurrentInvocationLimitExceeded',
      });
    }
    return this.run(fn, payload, randomUUID());
  }

  async invokeAsync(functionArn: string, payload: string, principal: Principal): Promise<void> {
    const fn = this.authorized(functionArn, payload, MAX_ASYNC_BYTES, principal);
    this.asynchronous.accept(fn, payload);
  }

  /** Starts an environment of each function that is named, ahead of its first invocation. */
  async prepare(functionArns: readonly string[]): Promise<void> {
    await Promise.all(functionArns.map((arn) => this.find(arn).pool.prepare()));
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
    this.props.authorizer.authorize(principal, 'lambda:InvokeFunction', fn.settings.arn);
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
    const [name] = functionArn.replace(/^arn:[^:]+:lambda:[^:]*:[^:]*:function:/, '').split(':') as [string];
    const fn = this.functions.get(name);
    if (!fn) {
      throw new AwsError('Lambda.ResourceNotFoundException', `Function not found: ${functionArn}`, 404);
    }
    return fn;
  }

  private async run(fn: LocalFunction, payload: string, requestId: string): Promise<LoggedResult> {
    this.running++;
    try {
      return await fn.pool.invoke(payload, requestId);
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  /** An asynchronous invocation waits in Lambda's queue for its turn. */
  private async runWhenFree(fn: LocalFunction, payload: string, requestId: string): Promise<InvokeResult> {
    while (this.running >= CONCURRENT_EXECUTIONS) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.run(fn, payload, requestId);
  }
}
