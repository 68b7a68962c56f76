import { valueAt } from '../message';

/** The day that a check is about. */
export interface Period {
  /** UTC day, as in the report's name. */
  readonly date: string;
  readonly from: Date;
  readonly to: Date;
}

export const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The 24 hours before now, or the whole UTC day that the event asks for by `date` (`YYYY-MM-DD`).
 *
 * @throws Error where `date` is no date
 */
export function periodOf(event: unknown, now: Date): Period {
  const date = valueAt(event, 'date');
  if (date === undefined) {
    return { date: dayOf(now), from: new Date(now.getTime() - DAY_MS), to: now };
  }
  const from = new Date(typeof date === 'string' ? `${date}T00:00:00.000Z` : NaN);
  if (Number.isNaN(from.getTime()) || dayOf(from) !== date) {
    throw new Error(`date is ${JSON.stringify(date)}, expected a day such as 2026-01-31`);
  }
  return { date, from, to: new Date(from.getTime() + DAY_MS) };
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
