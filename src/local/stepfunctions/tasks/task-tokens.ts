import { randomBytes } from 'node:crypto';
import type { Json } from '../../json/json-value';
import { AwsError } from '../../services';
import type { StateError } from '../state-error';

interface Waiting {
  readonly result: Promise<Json>;
  readonly succeed: (output: Json) => void;
  readonly fail: (error: StateError) => void;
  heartbeat: () => void;
}

/** The tokens of tasks that wait until somebody reports back (`.waitForTaskToken`). */
export class TaskTokens {
  private readonly waiting = new Map<string, Waiting>();

  create(): string {
    const token = randomBytes(48).toString('base64url');
    let settle: Pick<Waiting, 'succeed' | 'fail'>;
    const result = new Promise<Json>((succeed, fail) => {
      settle = { succeed, fail };
    });
    // The report may come before the task waits for it.
    result.catch(() => undefined);
    this.waiting.set(token, { result, ...settle!, heartbeat: () => undefined });
    return token;
  }

  /** What is reported for the token: its output, or a StateError. */
  async result(token: string): Promise<Json> {
    return this.find(token).result;
  }

  onHeartbeat(token: string, listener: () => void): void {
    this.find(token).heartbeat = listener;
  }

  succeed(token: string, output: Json): void {
    this.find(token).succeed(output);
  }

  fail(token: string, error: StateError): void {
    this.find(token).fail(error);
  }

  heartbeat(token: string): void {
    this.find(token).heartbeat();
  }

  /** Nobody waits any longer: a later report is answered TaskTimedOut. */
  forget(token: string): void {
    this.waiting.delete(token);
  }

  private find(token: string): Waiting {
    const waiting = this.waiting.get(token);
    if (!waiting) {
      throw new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
    }
    return waiting;
  }
}
