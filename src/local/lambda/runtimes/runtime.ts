import { NotProvidedError } from '../../services';
import type { FunctionSettings } from '../function-settings';

/** How a runtime's process is started. */
export interface RuntimeCommand {
  readonly command: string;
  readonly arguments: readonly string[];
  /** True where the process writes the mark to its output streams after each invocation. */
  readonly marksOutput: boolean;
  /** Environment variables of the process beside those of Lambda and the template. */
  readonly variables?: (runtimeApi: string) => Readonly<Record<string, string>>;
}

export interface RuntimeContext {
  readonly settings: FunctionSettings;
  readonly codeDirectory: string;
  /** Folder with the function's layers; undefined where it has none. */
  readonly layers: string | undefined;
  /** Folder of the app, where its packages are. */
  readonly appDirectory: string;
  /** Folder with the programs that serve functions; see `writeRuntimePrograms`. */
  readonly programs: string;
}

/** Gives the command for an environment whose output streams have this mark. */
export type RuntimeLauncher = (mark: string) => RuntimeCommand;

/** A family of Lambda's runtimes, by the names of the runtimes. */
export interface Runtime {
  readonly pattern: RegExp;
  /** Files by their names, for the folder of programs. */
  readonly programs: Readonly<Record<string, string>>;
  /** Looks for what runs the function on this machine. @throws NotProvidedError where it is not there */
  readonly find: (context: RuntimeContext) => RuntimeLauncher;
}

/** Says which runtime of which function cannot run here, why, and what helps. */
export function runtimeMissing({ settings }: RuntimeContext, why: string, remedy: string): NotProvidedError {
  return new NotProvidedError(`the runtime ${settings.runtime} of ${settings.path}: ${why}. ${remedy}`);
}
