import {
  AwsError,
  type BusEvent,
  type InvokeResult,
  type JournalEntry,
  type Principal,
} from '../../../src/local/services';
import type { Clock } from '../../../src/local/stepfunctions/clock';
import { StateMachines } from '../../../src/local/stepfunctions/state-machines';

export const ROLE: Principal = {
  kind: 'role',
  name: 'MachineRole',
  arn: 'arn:aws:iam::000000000000:role/MachineRole',
};
export const USER: Principal = { kind: 'user', name: 'local', arn: 'arn:aws:iam::000000000000:user/local' };

/** A clock on which waiting takes no time and limits fire when a test says so. */
export class TestClock implements Clock {
  time = Date.parse('2026-01-31T09:00:00.000Z');
  readonly waits: number[] = [];
  readonly limits: { seconds: number; expire: () => void; isCancelled: boolean }[] = [];
  /** Waits for ever, as long as the signal does not fire. */
  holds = false;

  now(): number {
    return this.time;
  }

  async wait(seconds: number, signal: AbortSignal): Promise<void> {
    this.waits.push(seconds);
    if (this.holds) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    this.time += seconds * 1000;
  }

  after(seconds: number, expire: () => void): { cancel(): void } {
    const limit = { seconds, expire, isCancelled: false };
    this.limits.push(limit);
    return { cancel: () => (limit.isCancelled = true) };
  }
}

type Answer = unknown | ((payload: any) => unknown);

/** State machines whose functions, tables and queues are answers that a test gives. */
export class Fixture {
  readonly clock = new TestClock();
  readonly journal: JournalEntry[] = [];
  readonly events: BusEvent[] = [];
  readonly invocations: { arn: string; payload: any; isAsync: boolean; principal: Principal }[] = [];
  readonly tableCalls: { operation: string; input: any; principal: Principal }[] = [];
  readonly messages: { queueArn: string; body: string; attributes: object }[] = [];
  readonly authorized: { principal: string; action: string; resource: string }[] = [];
  /** Answers of functions, one after the other; the last one stays. An Error is one that the function throws. */
  answers: Answer[] = [{}];
  tableAnswers: Answer[] = [{}];
  queueError?: Error;

  readonly machines = new StateMachines({
    functions: {
      invoke: async (arn, payload, principal) => {
        this.invocations.push({ arn, payload: JSON.parse(payload), isAsync: false, principal });
        return this.functionResult(payload);
      },
      invokeAsync: async (arn, payload, principal) => {
        this.invocations.push({ arn, payload: JSON.parse(payload), isAsync: true, principal });
      },
    },
    tables: {
      call: async (operation, input, principal) => {
        this.tableCalls.push({ operation, input, principal });
        return (await answer(this.tableAnswers, input)) as object;
      },
    },
    queues: {
      send: async (queueArn, body, attributes) => {
        if (this.queueError) throw this.queueError;
        this.messages.push({ queueArn, body, attributes });
      },
    },
    events: {
      put: async (event) => {
        this.events.push(event);
      },
    },
    authorizer: {
      authorize: (principal, action, resource) => {
        this.authorized.push({ principal: principal.name, action, resource });
      },
    },
    journal: { record: (entry) => this.journal.push(entry) },
    clock: this.clock,
  });

  add(definition: object, name = 'Machine') {
    return this.machines.add({
      name,
      role: ROLE,
      definitionText: JSON.stringify(definition),
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  }

  async start(definition: object, input: unknown = {}, name?: string): Promise<string> {
    const machine = this.add(definition);
    const request = { stateMachineArn: machine.arn, name, input: JSON.stringify(input) };
    return (await this.machines.start(request, USER)).executionArn;
  }

  /** Runs a definition to its end. */
  async run(definition: object, input: unknown = {}) {
    return this.machines.ended(await this.start(definition, input));
  }

  /** Runs a single state to its end, and gives the output as a value. */
  async runState(state: object, input: unknown = {}): Promise<any> {
    const { status, output, error, cause } = await this.run(only(state), input);
    if (status !== 'SUCCEEDED') throw new Error(`${status} ${error}: ${cause}`);
    return JSON.parse(output!);
  }

  eventTypes(arn: string): string[] {
    return this.machines.execution(arn).history.events.map(({ type }) => type!);
  }

  private async functionResult(payload: string): Promise<InvokeResult> {
    try {
      const value = await answer(this.answers, JSON.parse(payload));
      return { payload: typeof value === 'string' ? value : JSON.stringify(value) };
    } catch (problem) {
      if (problem instanceof AwsError) throw problem;
      const { name, message } = problem as Error;
      return {
        payload: JSON.stringify({ errorType: name, errorMessage: message, trace: [] }),
        functionError: 'Unhandled',
      };
    }
  }
}

async function answer(answers: Answer[], input: unknown): Promise<unknown> {
  const next = answers.length > 1 ? answers.shift() : answers[0];
  const value = typeof next === 'function' ? await next(input) : next;
  if (value instanceof Error) throw value;
  return value;
}

/** A machine of one state. */
export function only(state: object): object {
  const { Type: type } = state as { Type: string };
  const isLast = ['Choice', 'Succeed', 'Fail'].includes(type);
  return { StartAt: 'Only', States: { Only: isLast ? state : { ...state, End: true } } };
}

/** An error with a class name, as a function throws it. */
export function named(name: string, message = 'it went wrong'): Error {
  return Object.assign(new Error(message), { name });
}

/** Resolves once the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
