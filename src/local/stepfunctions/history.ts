import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';

/** The details of an event, under the member's name that AWS gives them. */
export type EventDetails = Omit<HistoryEvent, 'id' | 'timestamp' | 'type' | 'previousEventId'>;

/** The events of an execution in the order in which they happened. */
export class ExecutionHistory {
  readonly events: HistoryEvent[] = [];

  constructor(private readonly now: () => number) {}

  /** Adds an event and gives its id. Ids count from 1. */
  add(type: HistoryEventType, previousEventId: number, details: EventDetails): number {
    const id = this.events.length + 1;
    this.events.push({ id, previousEventId, timestamp: new Date(this.now()), type, ...details });
    return id;
  }
}

/** One line of events that follow each other: the execution's own, or that of a branch or an iteration. */
export class Trail {
  constructor(
    private readonly history: ExecutionHistory,
    private last: number,
  ) {}

  add(type: HistoryEventType, details: EventDetails = {}): number {
    this.last = this.history.add(type, this.last, details);
    return this.last;
  }

  /** A line that begins at the latest event of this one. */
  fork(): Trail {
    return new Trail(this.history, this.last);
  }
}
