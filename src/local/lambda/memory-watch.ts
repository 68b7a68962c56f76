import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const INTERVAL_MS = 50;

/** Calls back once when the process holds more memory than it may; buffers count too, which no limit of the heap sees. */
export class MemoryWatch {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pid: number,
    private readonly limitBytes: number,
    private readonly exceeded: () => void,
    private readonly measure: (pid: number) => Promise<number> = residentBytes,
  ) {}

  start(): void {
    this.timer = setInterval(async () => {
      const bytes = await this.measure(this.pid);
      if (bytes <= this.limitBytes || !this.timer) return;
      this.stop();
      this.exceeded();
    }, INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** Resident memory of a process; 0 where the system does not tell, or the process is gone. */
export async function residentBytes(pid: number, statusFile = `/proc/${pid}/status`): Promise<number> {
  try {
    return kilobytes(/VmRSS:\s+(\d+)/.exec(await readFile(statusFile, 'utf8')));
  } catch {
    return processStatusBytes(pid);
  }
}

/** Where there is no /proc, as on macOS. */
async function processStatusBytes(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return kilobytes(/(\d+)/.exec(stdout));
  } catch {
    return 0;
  }
}

function kilobytes(match: RegExpExecArray | null): number {
  return Number(match?.[1] ?? 0) * 1024;
}
