/** The time an execution lives in. Tests give one that they turn themselves. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits as Wait states and Retry ask for it. Ends early, without an error, when the signal fires. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
  /** Calls back after real seconds, unless cancelled. Limits of time are real: functions run in real time. */
  after(seconds: number, callback: () => void): { cancel(): void };
}

/** setTimeout takes 31 bits of milliseconds and fires at once beyond them. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock, on which waiting can be shorter than the definition says. */
export class ScaledClock implements Clock {
  /** @param timeScale seconds that one second of a Wait or of a Retry's back-off takes: 1 is real time, 0 does not wait. */
  constructor(private readonly timeScale: number) {}

  now(): number {
    return Date.now();
  }

  async wait(seconds: number, signal: AbortSignal): Promise<void> {
    const milliseconds = Math.min(Math.max(0, seconds * 1000 * this.timeScale), LONGEST_TIMER_MS);
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
    });
  }

  after(seconds: number, callback: () => void): { cancel(): void } {
    const timer = setTimeout(callback, Math.min(seconds * 1000, LONGEST_TIMER_MS));
    // A limit that nobody waits for keeps no process alive.
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  }
}
