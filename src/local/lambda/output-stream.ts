import type { Readable } from 'node:stream';

/**
 * Cuts an output stream of a function into lines. Where the runtime marks the end of each invocation, `marked()` tells
 * when the mark has come: all that the invocation wrote has been passed on by then.
 */
export class OutputStream {
  private rest = '';
  private marks = 0;
  private waiting: (() => void) | undefined;
  private ended = false;

  constructor(
    stream: Readable,
    private readonly mark: string,
    private readonly line: (text: string) => void,
  ) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => this.take(text));
    stream.on('close', () => {
      if (this.rest) this.line(this.rest);
      this.ended = true;
      this.waiting?.();
    });
  }

  /** Resolves at the next mark that was not waited for yet, or when the stream has ended. */
  async marked(): Promise<void> {
    if (this.marks === 0 && !this.ended) await new Promise<void>((resolve) => (this.waiting = resolve));
    this.marks = 0;
    this.waiting = undefined;
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop()!;
    for (const line of lines) {
      if (!line.endsWith(this.mark)) {
        this.line(line);
        continue;
      }
      // A line that the function did not end stands before the mark.
      const unfinished = line.slice(0, -this.mark.length);
      if (unfinished) this.line(unfinished);
      this.marks++;
      this.waiting?.();
    }
  }
}
