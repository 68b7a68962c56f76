import type { Journal, JournalEntry } from './services';

/** Told of each entry as it is recorded. */
export type JournalListener = (entry: JournalEntry) => void;

/** The journal of one run: keeps every entry in order and passes it on at once. */
export class RunJournal implements Journal {
  private readonly recorded: JournalEntry[] = [];
  private readonly listeners = new Set<JournalListener>();

  /** Everything so far, oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.recorded;
  }

  record(entry: JournalEntry): void {
    this.recorded.push(entry);
    for (const listener of [...this.listeners]) listener(entry);
  }

  /** Calls the listener for every later entry, until the returned function is called. */
  on(listener: JournalListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves with the first entry, recorded already or still to come, for which the predicate holds. */
  waitFor(predicate: (entry: JournalEntry) => boolean): Promise<JournalEntry> {
    const found = this.recorded.find(predicate);
    if (found) return Promise.resolve(found);
    return new Promise((resolve) => {
      const off = this.on((entry) => {
        if (!predicate(entry)) return;
        off();
        resolve(entry);
      });
    });
  }
}
