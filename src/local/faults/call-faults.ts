import { AwsError, type FaultyService, type ServiceCall } from '../services';

/** Calls that a fault strikes. */
export interface StruckCalls {
  readonly service: FaultyService;
  /** By its API name, such as `CopyObject`, `UpdateItem`, `StartExecution` or `Invoke`. */
  readonly operation: string;
  /** What is called: `bucket/key`, a table's name, the ARN of a state machine or execution, a function's name. @default - any */
  readonly on?: RegExp;
  /** How many of them, the first that come. @default 1 */
  readonly times?: number;
}

/** An error that a service answers. */
export interface FaultAnswer {
  /** As SDK clients see it, such as `ConditionalRequestConflict`. */
  readonly code: string;
  readonly status: number;
}

/** Operations of S3 that answer 200 before they are done, and may still fail then. */
export const LATE_FAILING = ['CompleteMultipartUpload', 'CopyObject', 'UploadPartCopy'] as const;

/** The call was carried out, and the connection breaks before the caller learns of it. */
export class AnswerLost extends Error {}

/** The error stands in the body of an answer whose status is 200. */
export class FailedInside200 extends Error {
  constructor(readonly error: AwsError) {
    super(error.message);
  }
}

type Fault = (perform: () => Promise<unknown>) => Promise<unknown>;

interface Strike {
  readonly calls: StruckCalls;
  left: number;
  readonly fault: Fault;
}

/** Faults of single calls, in the order in which they were asked for. Every service runs its operations through here. */
export class CallFaults {
  private readonly strikes: Strike[] = [];

  /** The service answers an error and does nothing. */
  answer(calls: StruckCalls, { code, status }: FaultAnswer): void {
    this.add(calls, () => Promise.reject(new AwsError(code, INJECTED, status)));
  }

  /**
   * S3 has answered 200 when it fails: the error stands in the body
   * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html).
   */
  failInside200(
    calls: Omit<StruckCalls, 'service' | 'operation'> & { readonly operation: (typeof LATE_FAILING)[number] },
    code: string,
  ): void {
    const error = new AwsError(code, INJECTED, 200);
    this.add({ ...calls, service: 's3' }, () => Promise.reject(new FailedInside200(error)));
  }

  /** The service does its work, and the connection breaks before the answer. SDK clients try again. */
  loseAnswer(calls: StruckCalls): void {
    this.add(calls, async (perform) => {
      await perform();
      throw new AnswerLost('the connection broke before the answer');
    });
  }

  /** Something else happens after the call has come in and before it is carried out: a race, decided. */
  before(calls: StruckCalls, action: () => Promise<unknown>): void {
    this.add(calls, async (perform) => {
      await action();
      return perform();
    });
  }

  /** Carries a call out, unless a fault strikes it. */
  async around<T>(call: ServiceCall, perform: () => Promise<T>): Promise<T> {
    const strike = this.strikes.find(({ calls, left }) => left > 0 && strikes(calls, call));
    if (!strike) return perform();
    strike.left--;
    return strike.fault(perform) as Promise<T>;
  }

  private add(calls: StruckCalls, fault: Fault): void {
    this.strikes.push({ calls, left: calls.times ?? 1, fault });
  }
}

const INJECTED = 'a fault that was asked for';

function strikes({ service, operation, on }: StruckCalls, call: ServiceCall): boolean {
  return service === call.service && operation === call.operation && (on?.test(call.on) ?? true);
}
