import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { MemoryWatch } from './memory-watch';
import { OutputStream } from './output-stream';
import { RuntimeApi, type Invocation, type Reply } from './runtime-api';
import type { RuntimeCommand } from './runtimes';
import type { InvokeResult } from '../services';

export interface ExecutionEnvironmentProps {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly workingDirectory: string;
  readonly command: RuntimeCommand;
  readonly mark: string;
  /** Environment variables, given the address of the Runtime API. */
  readonly variables: (runtimeApi: string) => Readonly<Record<string, string>>;
  /** Gets each line that the process writes. */
  readonly output: (stream: 'stdout' | 'stderr', line: string) => void;
}

/** One process of a function. It serves one invocation after the other, never two at once. */
export class ExecutionEnvironment {
  static async start(props: ExecutionEnvironmentProps): Promise<ExecutionEnvironment> {
    const api = new RuntimeApi();
    const address = await api.listen();
    const child = spawn(props.command.command, props.command.arguments, {
      cwd: props.workingDirectory,
      env: props.variables(address),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what the function starts ends with it, and Ctrl-C reaches the local run first.
      detached: true,
    });
    return new ExecutionEnvironment(props, api, child);
  }

  private readonly streams: readonly OutputStream[];
  private readonly closed: Promise<void>;
  private ending: string | undefined;

  private constructor(
    private readonly props: ExecutionEnvironmentProps,
    private readonly api: RuntimeApi,
    private readonly child: ChildProcess,
  ) {
    this.streams = (['stdout', 'stderr'] as const).map(
      (name) => new OutputStream(child[name]!, props.mark, (line) => props.output(name, line)),
    );
    child.once('exit', (code, signal) =>
      this.end(signal ? `signal: ${SIGNALS[signal] ?? signal}` : `exit status ${code}`),
    );
    child.once('error', (error) => this.end(error.message));
    this.closed = once(child, 'close').then(
      () => undefined,
      () => undefined,
    );
  }

  /** False when the process is gone: it failed to start, exited, or was killed. */
  get usable(): boolean {
    return this.ending === undefined;
  }

  /** Runs one invocation to its result. Never throws: an invocation that ends in no answer has an error as its result. */
  async invoke(invocation: Omit<Invocation, 'deadlineMs'>): Promise<InvokeResult> {
    const { timeoutSeconds, memoryMb } = this.props;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      this.kill();
    }, timeoutSeconds * 1000);
    const memory = new MemoryWatch(this.child.pid ?? 0, memoryMb * 1024 * 1024, () => this.kill());
    memory.start();

    const answered = this.api.invoke({ ...invocation, deadlineMs: Date.now() + timeoutSeconds * 1000 });
    const reply = await Promise.race([answered, this.closed]);
    const result = reply && (await this.conclude(reply));
    clearTimeout(timer);
    memory.stop();
    if (result) return result;
    if (timedOut) {
      return sandboxError(
        'Sandbox.Timedout',
        invocation.requestId,
        `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      );
    }
    return sandboxError(
      'Runtime.ExitError',
      invocation.requestId,
      `Runtime exited with error: ${this.ending}`,
    );
  }

  /** Ends the process, whatever it does, and resolves when it is gone. */
  async stop(): Promise<void> {
    this.kill();
    await this.closed;
  }

  private async conclude(reply: Reply): Promise<InvokeResult> {
    if (this.props.command.marksOutput) await Promise.all(this.streams.map((stream) => stream.marked()));
    // A runtime that is about to exit must not get another invocation: it is free when it asks for one.
    await Promise.race([this.api.asked(), this.closed]);
    return reply.kind === 'response'
      ? { payload: reply.body }
      : { payload: reply.body, functionError: 'Unhandled' };
  }

  private end(reason: string): void {
    this.ending ??= reason;
    this.api.close();
    this.kill();
  }

  private kill(): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // The whole group is gone.
    }
  }
}

/** How Lambda words the signals that end a runtime. */
const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
};

function sandboxError(errorType: string, requestId: string, message: string): InvokeResult {
  const payload = JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${message}` });
  return { payload, functionError: 'Unhandled' };
}
