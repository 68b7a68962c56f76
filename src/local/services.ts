import type { IncomingMessage, ServerResponse } from 'node:http';

/** Who makes a call: told by the access key that signed it. The seam at which IAM is judged. */
export interface Principal {
  /** A role of the template, the person at the laptop, or a service of AWS acting by itself. */
  readonly kind: 'role' | 'user' | 'service';
  /** Logical id of the role, `local`, or a service principal such as `s3.amazonaws.com`. */
  readonly name: string;
  /** Of a service: the resource on whose behalf it calls, such as a bucket or a rule. */
  readonly arn: string;
  /** Of a role: whose calls in its name these are, such as a function's name. */
  readonly session?: string;
}

/** An error as AWS answers it: its code is what SDK clients, Retry and Catch see. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly statusCode = 400,
    /** Further members of the answer. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** Something the run met that it does not provide; it is never passed over. */
export class NotProvidedError extends Error {
  constructor(readonly what: string) {
    super(`the local run does not provide ${what}`);
    this.name = 'NotProvidedError';
  }
}

/** Asked before every call. Where policies do not allow it, throws the AwsError that the called service answers. */
export interface Authorizer {
  authorize(
    principal: Principal,
    action: string,
    resourceArn: string,
    context?: Readonly<Record<string, string>>,
  ): void;
}

/** Services whose calls faults can strike. */
export type FaultyService = 's3' | 'dynamodb' | 'states' | 'lambda' | 'secretsmanager';

/** A call of a service, whether over HTTP or by another service. */
export interface ServiceCall {
  readonly service: FaultyService;
  readonly operation: string;
  /** What is called: `bucket/key`, a table's name, an ARN, the name of a function or of a secret. */
  readonly on: string;
}

/** Carries calls out, unless a fault that a test has asked for strikes them. */
export interface FaultSource {
  around<T>(call: ServiceCall, perform: () => Promise<T>): Promise<T>;
}

/** A service that answers HTTP requests of SDK clients. */
export interface HttpService {
  /** The signature has been checked. The body has not been read. */
  handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void>;
}

export interface InvokeResult {
  /** JSON text that the function returned, or its error object. */
  readonly payload: string;
  /** `Unhandled` where the function threw, timed out or died. */
  readonly functionError?: string;
}

/** What other services need of Lambda. */
export interface FunctionInvoker {
  /** Waits for the result. Throws AwsError `Lambda.TooManyRequestsException` and the like; a function's own error is in the result. */
  invoke(functionArn: string, payload: string, principal: Principal): Promise<InvokeResult>;
  /** Queues the event; retries and the dead-letter queue follow the template. Resolves when the event is accepted. */
  invokeAsync(functionArn: string, payload: string, principal: Principal): Promise<void>;
}

/** What other services need of SQS. */
export interface QueueSender {
  send(
    queueArn: string,
    body: string,
    attributes: Readonly<Record<string, string>>,
    principal: Principal,
  ): Promise<void>;
}

/** What other services need of DynamoDB: an operation by its API name, with its API input, such as `UpdateItem`. */
export interface TableCaller {
  call(operation: string, input: object, principal: Principal): Promise<object>;
}

/** What other services need of EventBridge. */
export interface EventSender {
  /** Delivers to every rule that matches, each with its retries and dead-letter queue. Resolves when the event is accepted. */
  put(event: BusEvent): Promise<void>;
}

export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: object;
  readonly time?: string;
}

/** A resource of the template whose properties have been resolved. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, any>>;
  readonly metadata: Readonly<Record<string, any>>;
  readonly stackName: string;
  /** Construct path, from the metadata `aws:cdk:path`. */
  readonly path: string;
}

/** What `Ref` and `Fn::GetAtt` of a resource give. */
export interface ProvidedResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Makes resources of some types. One provider stands for one service. */
export interface ResourceProvider {
  /** CloudFormation types. */
  readonly types: readonly string[];
  provide(resource: TemplateResource): ProvidedResource | Promise<ProvidedResource>;
}

/** Account and region of everything local. */
export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_PARTITION = 'aws';
export const LOCAL_REGION = 'us-east-1';

/** Something that happened, in the order in which it happened: shown live by the command line, searched by tests. */
export type JournalEntry =
  | {
      readonly kind: 'request';
      readonly service: string;
      readonly operation: string;
      readonly principal: string;
      readonly status: number;
    }
  | {
      readonly kind: 'object-created';
      readonly bucket: string;
      readonly key: string;
      readonly versionId: string;
      readonly sizeBytes: number;
    }
  | { readonly kind: 'invocation-started'; readonly functionName: string; readonly requestId: string }
  | {
      readonly kind: 'invocation-ended';
      readonly functionName: string;
      readonly requestId: string;
      readonly durationMs: number;
      readonly error?: string;
    }
  | {
      readonly kind: 'log';
      readonly functionName: string;
      readonly stream: 'stdout' | 'stderr';
      readonly line: string;
    }
  | {
      readonly kind: 'metric';
      readonly namespace: string;
      readonly name: string;
      readonly value: number;
      readonly unit: string;
      readonly dimensions: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'execution-started'; readonly executionArn: string; readonly input: string }
  | {
      readonly kind: 'state-entered';
      readonly executionArn: string;
      readonly state: string;
      readonly input: string;
    }
  | {
      readonly kind: 'state-exited';
      readonly executionArn: string;
      readonly state: string;
      readonly output: string;
    }
  | {
      readonly kind: 'execution-ended';
      readonly executionArn: string;
      readonly status: string;
      readonly output?: string;
      readonly error?: string;
      readonly cause?: string;
    }
  | { readonly kind: 'dead-letter'; readonly queueArn: string; readonly from: string; readonly body: string }
  | {
      readonly kind: 'denied';
      /** Logical id of the role, or the service principal. */
      readonly principal: string;
      readonly action: string;
      readonly resource: string;
      /** Which statement is missing, and where, or which denies the call. */
      readonly reason: string;
    };

export interface Journal {
  record(entry: JournalEntry): void;
}
