import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks: short on this machine, kind to an account's request rates. */
const PAUSE_MS = process.env.AWS_ENDPOINT_URL ? 100 : process.env.ETL_OUTPUTS ? 1000 : 40;

/**
 * Looks again and again until the probe gives something. Never gives up by itself: the test's own timeout does, and
 * what was waited for then stands in the test's name.
 */
export async function until<T>(probe: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    await pause(PAUSE_MS);
  }
}
