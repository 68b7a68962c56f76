import type { Throttling } from './rest-api';

/** API Gateway's token bucket: `burstLimit` requests at once, refilled at `rateLimit` a second. */
export class Throttle {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly limits: Throttling,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = limits.burstLimit;
    this.filledAt = now();
  }

  /** False where the request is one too many. */
  take(): boolean {
    const now = this.now();
    const refilled = this.tokens + ((now - this.filledAt) / 1000) * this.limits.rateLimit;
    this.tokens = Math.min(this.limits.burstLimit, refilled);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}
