import type { JournalEntry } from '../local/services';

/** A call that the template's policies do not allow. */
export interface DeniedCall {
  /** Logical id of the role that called, or the service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Which statement is missing, and where, or which denies the call. */
  readonly reason: string;
}

/** Every call that was denied, once, in the order in which they were first made. */
export function deniedCalls(entries: readonly JournalEntry[]): DeniedCall[] {
  const calls = new Map<string, DeniedCall>();
  for (const entry of entries) {
    if (entry.kind !== 'denied') continue;
    const { principal, action, resource, reason } = entry;
    calls.set(JSON.stringify([principal, action, resource, reason]), { principal, action, resource, reason });
  }
  return [...calls.values()];
}

/** The denied calls for people: who called what, and what has to change. Empty where none was denied. */
export function describeDenials(calls: readonly DeniedCall[]): string {
  if (calls.length === 0) return '';
  const lines = calls.map(
    ({ principal, action, resource, reason }) => `  ${principal}: ${action} on ${resource}\n    ${reason}`,
  );
  return ['denied, as the policies of the template stand:', ...lines].join('\n');
}
