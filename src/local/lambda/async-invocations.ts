import { randomUUID } from 'node:crypto';
import type { LambdaServiceProps, LocalFunction } from './lambda-service';
import { AwsError, NotProvidedError, type InvokeResult, type Principal } from '../services';

/** What an AWS::Lambda::EventInvokeConfig says. */
export interface AsyncSettings {
  readonly maximumRetryAttempts?: number;
  readonly onSuccess?: string;
  readonly onFailure?: string;
}

export interface AsyncInvocationsProps extends LambdaServiceProps {
  readonly run: (fn: LocalFunction, payload: string, requestId: string) => Promise<InvokeResult>;
  readonly invoke: (functionArn: string, payload: string, principal: Principal) => Promise<void>;
}

/** Attempts after the first, unless the function says otherwise. */
const DEFAULT_RETRIES = 2;
/** Seconds before each further attempt (Lambda developer guide, asynchronous error handling). */
const RETRY_DELAYS = [60, 120];
/** Bytes of ErrorMessage on a dead letter. */
const MAX_ERROR_MESSAGE = 1024;

interface Event {
  readonly fn: LocalFunction;
  readonly payload: string;
  readonly requestId: string;
}

/** Lambda's queue of asynchronous invocations: retries under the same request id, then dead-letter queue and destination. */
export class AsyncInvocations {
  private readonly settings = new Map<string, AsyncSettings>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  constructor(private readonly props: AsyncInvocationsProps) {}

  configure(functionName: string, settings: AsyncSettings): void {
    this.settings.set(functionName, settings);
  }

  accept(fn: LocalFunction, payload: string): void {
    void this.attempt({ fn, payload, requestId: randomUUID() }, 0);
  }

  stop(): void {
    this.stopped = true;
    this.timers.forEach(clearTimeout);
  }

  private async attempt(event: Event, retries: number): Promise<void> {
    const { fn, payload, requestId } = event;
    const settings = this.settings.get(fn.settings.name) ?? {};
    const result = await this.props.run(fn, payload, requestId);
    if (this.stopped) return;
    if (result.functionError && retries < (settings.maximumRetryAttempts ?? DEFAULT_RETRIES)) {
      const timer = setTimeout(
        () => {
          this.timers.delete(timer);
          void this.attempt(event, retries + 1);
        },
        RETRY_DELAYS[retries]! * this.props.timeScale * 1000,
      );
      this.timers.add(timer);
      return;
    }
    if (result.functionError) {
      await this.handOver('DeadLetterErrors', fn, () => this.deadLetter(event, result));
    }
    const destination = result.functionError ? settings.onFailure : settings.onSuccess;
    if (!destination) return;
    await this.handOver('DestinationDeliveryFailures', fn, () =>
      this.toDestination(destination, event, result, retries + 1),
    );
  }

  /** What cannot be handed over is lost, and only Lambda's metric of that name tells. */
  private async handOver(metric: string, fn: LocalFunction, send: () => Promise<void>): Promise<void> {
    try {
      await send();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.props.journal.record({
        kind: 'metric',
        namespace: 'AWS/Lambda',
        name: metric,
        value: 1,
        unit: 'Count',
        dimensions: { FunctionName: fn.settings.name },
      });
    }
  }

  private async deadLetter({ fn, payload, requestId }: Event, result: InvokeResult): Promise<void> {
    const { deadLetterArn, name } = fn.settings;
    if (!deadLetterArn) return;
    const { errorMessage = '' } = JSON.parse(result.payload) as { errorMessage?: string };
    const attributes = {
      RequestID: requestId,
      ErrorCode: '200',
      ErrorMessage: Buffer.from(errorMessage).subarray(0, MAX_ERROR_MESSAGE).toString(),
    };
    await this.props.queues.send(deadLetterArn, payload, attributes, fn.principal);
    this.props.journal.record({ kind: 'dead-letter', queueArn: deadLetterArn, from: name, body: payload });
  }

  private async toDestination(
    arn: string,
    event: Event,
    result: InvokeResult,
    attempts: number,
  ): Promise<void> {
    const { fn } = event;
    const record = invocationRecord(event, result, attempts);
    const body = JSON.stringify(record);
    switch (arn.split(':')[2]) {
      case 'sqs':
        return this.props.queues.send(arn, body, {}, fn.principal);
      case 'lambda':
        return this.props.invoke(arn, body, fn.principal);
      case 'events':
        this.props.authorizer.authorize(fn.principal, 'events:PutEvents', arn);
        return this.props.events.put({
          source: 'lambda',
          'detail-type': `Lambda Function Invocation Result - ${result.functionError ? 'Failure' : 'Success'}`,
          resources: [arn, fn.settings.arn],
          detail: record,
        });
      default:
        throw new NotProvidedError(`the destination ${arn} of ${fn.settings.path}`);
    }
  }
}

/** Shape: Lambda developer guide, "Capturing records of asynchronous invocations". */
function invocationRecord({ fn, payload, requestId }: Event, result: InvokeResult, attempts: number): object {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${fn.settings.arn}:$LATEST`,
      condition: result.functionError ? 'RetriesExhausted' : 'Success',
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(payload),
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      ...(result.functionError && { functionError: result.functionError }),
    },
    responsePayload: JSON.parse(result.payload),
  };
}
