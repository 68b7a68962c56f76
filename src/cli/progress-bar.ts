const WIDTH = 30;
/** Milliseconds between two pictures. */
const PAUSE = 100;

/** Shows on a terminal how far a file is read. `now` gives milliseconds. */
export class ProgressBar {
  private readonly started: number;
  private shown = -Infinity;
  private bytes = 0;

  constructor(
    private readonly print: (text: string) => void,
    /** Bytes of the file; undefined where they are not known. */
    private readonly total: number | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = now();
  }

  advance(bytes: number): void {
    this.bytes += bytes;
    const time = this.now();
    if (time < this.shown + PAUSE) return;
    this.shown = time;
    this.print(`\r\x1b[K${this.picture(time - this.started)}`);
  }

  /** Takes the bar off the terminal. */
  end(): void {
    if (this.shown > -Infinity) this.print('\r\x1b[K');
  }

  private picture(milliseconds: number): string {
    const megabytes = this.bytes / 1e6;
    const speed = `${Math.round((megabytes * 1000) / Math.max(1, milliseconds))} MB/s`;
    if (!this.total) return `${megabytes.toFixed(1)} MB  ${speed}`;
    const part = Math.min(1, this.bytes / this.total);
    const bar = '='.repeat(Math.floor(part * WIDTH)).padEnd(WIDTH);
    return `[${bar}] ${String(Math.floor(part * 100)).padStart(3)} %  ${speed}`;
  }
}
