import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { metricsOf } from './emf';
import { ExecutionEnvironment } from './execution-environment';
import type { CodeStore } from './function-code';
import { functionEnvironment } from './function-environment';
import type { FunctionSettings } from './function-settings';
import { findRuntime, type RuntimeLauncher } from './runtimes';
import type { AccessKey } from '../access-keys';
import type { InvokeResult, Journal } from '../services';

export interface FunctionPoolProps {
  readonly settings: FunctionSettings;
  readonly code: CodeStore;
  /** Folder with the programs that serve functions. */
  readonly programs: string;
  /** Folder of the app. */
  readonly appDirectory: string;
  readonly scratchDirectory: string;
  /** Address of the local run's services. */
  readonly endpoint: string;
  readonly accessKey: AccessKey;
  readonly journal: Journal;
  /** Makes a log stream. False where nothing can be written to it. */
  readonly openLog: (stream: string) => boolean;
}

export interface LoggedResult extends InvokeResult {
  /** Everything that the invocation wrote. */
  readonly log: string;
}

interface Member {
  readonly environment: ExecutionEnvironment;
  /** Lines since the start of the invocation. */
  lines: string[];
}

/** The execution environments of one function: as many as were needed at once, kept warm. */
export class FunctionPool {
  private readonly idle: Member[] = [];
  private readonly all = new Set<Member>();
  /** Environments on their way up: code is still being unpacked for them. */
  private readonly starting = new Set<Promise<unknown>>();
  private starts = 0;
  private launcher: RuntimeLauncher | undefined;
  private stopped = false;

  constructor(private readonly props: FunctionPoolProps) {}

  /** Runs one invocation in a warm environment, or in a new one where all are busy. */
  async invoke(payload: string, requestId: string): Promise<LoggedResult> {
    const { settings, journal } = this.props;
    const member = this.warm() ?? (await this.start().catch((error: Error) => error));
    if (member instanceof Error) return this.notStarted(member);
    member.lines = [];
    const startedAt = performance.now();
    journal.record({ kind: 'invocation-started', functionName: settings.name, requestId });
    const result = await member.environment.invoke({ requestId, payload, functionArn: settings.arn });
    journal.record({
      kind: 'invocation-ended',
      functionName: settings.name,
      requestId,
      durationMs: Math.round((performance.now() - startedAt) * 100) / 100,
      ...(result.functionError && { error: errorTypeOf(result.payload) }),
    });
    if (member.environment.usable) this.idle.push(member);
    else this.all.delete(member);
    return { ...result, log: member.lines.join('\n') };
  }

  /** Starts an environment ahead of the first invocation, which also tells where it cannot be started. */
  async prepare(): Promise<void> {
    const member = await this.start().catch(() => undefined);
    if (member) this.idle.push(member);
  }

  /** Looks for what runs the function on this machine. @throws NotProvidedError where it is not there */
  async check(): Promise<void> {
    const { code, settings } = this.props;
    this.launcherFor(await code.directoryOf(settings), await code.layersOf(settings));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.allSettled(this.starting);
    await Promise.all([...this.all].map(({ environment }) => environment.stop()));
  }

  private launcherFor(codeDirectory: string, layers: string | undefined): RuntimeLauncher {
    const { settings, appDirectory, programs } = this.props;
    return (this.launcher ??= findRuntime({ settings, codeDirectory, layers, appDirectory, programs }));
  }

  /** Such as a runtime that is not installed: an error of the function, so that whoever waits for it learns why. */
  private notStarted({ name, message }: Error): LoggedResult {
    const { settings, journal } = this.props;
    journal.record({ kind: 'log', functionName: settings.name, stream: 'stderr', line: `ERROR ${message}` });
    const payload = JSON.stringify({ errorType: name, errorMessage: message });
    return { payload, functionError: 'Unhandled', log: message };
  }

  private warm(): Member | undefined {
    let member = this.idle.pop();
    while (member && !member.environment.usable) {
      this.all.delete(member);
      member = this.idle.pop();
    }
    return member;
  }

  private start(): Promise<Member> {
    const starting = this.startEnvironment().finally(() => this.starting.delete(starting));
    this.starting.add(starting);
    return starting;
  }

  private async startEnvironment(): Promise<Member> {
    const { settings, journal, code } = this.props;
    const codeDirectory = await code.directoryOf(settings);
    const layers = await code.layersOf(settings);
    const launcher = this.launcherFor(codeDirectory, layers);
    const mark = randomBytes(12).toString('hex');
    const scratchDirectory = path.join(this.props.scratchDirectory, `${settings.name}-${++this.starts}`);
    mkdirSync(scratchDirectory, { recursive: true });
    const logStream = `local/[$LATEST]${mark}`;
    const isLogged = this.props.openLog(logStream);
    const command = launcher(mark);
    const environment = await ExecutionEnvironment.start({
      timeoutSeconds: settings.timeoutSeconds,
      memoryMb: settings.memoryMb,
      workingDirectory: codeDirectory,
      mark,
      command,
      variables: (runtimeApi) =>
        functionEnvironment({
          settings,
          codeDirectory,
          layers,
          scratchDirectory,
          runtimeApi,
          endpoint: this.props.endpoint,
          accessKey: this.props.accessKey,
          logStream,
          ofRuntime: command.variables?.(runtimeApi),
        }),
      output: (stream, line) => {
        member.lines.push(line);
        if (!isLogged) return;
        journal.record({ kind: 'log', functionName: settings.name, stream, line });
        metricsOf(line).forEach((metric) => journal.record(metric));
      },
    });
    const member: Member = { environment, lines: [] };
    this.all.add(member);
    if (this.stopped) {
      await environment.stop();
      throw new Error('the local run has ended');
    }
    return member;
  }
}

function errorTypeOf(payload: string): string {
  const { errorType } = JSON.parse(payload) as { errorType: string };
  return errorType;
}
