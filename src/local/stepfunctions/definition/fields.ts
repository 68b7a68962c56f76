import { Kind, type FieldCheck } from './field-kinds';

/** The fields that an object of a definition may have. A field that is not listed is an error, never ignored. */
export interface FieldTable {
  readonly [field: string]: FieldCheck;
}

const inputOutput: FieldTable = {
  Type: Kind.text,
  Comment: Kind.text,
  QueryLanguage: Kind.oneOf('JSONPath'),
  InputPath: Kind.orNull(Kind.path),
  OutputPath: Kind.orNull(Kind.path),
};
const transition: FieldTable = { Next: Kind.text, End: Kind.flag };
const result: FieldTable = { Parameters: Kind.template, ResultPath: Kind.orNull(Kind.resultPath) };
const errors: FieldTable = { ResultSelector: Kind.objectTemplate, Retry: Kind.list, Catch: Kind.list };

/** Fields of each type of state, in JSONPath. */
export const STATE_FIELDS: Readonly<Record<string, FieldTable>> = {
  Pass: { ...inputOutput, ...transition, ...result, Result: Kind.any },
  Task: {
    ...inputOutput,
    ...transition,
    ...result,
    ...errors,
    Resource: Kind.text,
    TimeoutSeconds: Kind.whole(1),
    TimeoutSecondsPath: Kind.referencePath,
    HeartbeatSeconds: Kind.whole(1),
    HeartbeatSecondsPath: Kind.referencePath,
  },
  Choice: { ...inputOutput, Choices: Kind.list, Default: Kind.text },
  Wait: {
    ...inputOutput,
    ...transition,
    Seconds: Kind.whole(0),
    SecondsPath: Kind.referencePath,
    Timestamp: Kind.timestamp,
    TimestampPath: Kind.referencePath,
  },
  Succeed: inputOutput,
  Fail: {
    Type: Kind.text,
    Comment: Kind.text,
    QueryLanguage: Kind.oneOf('JSONPath'),
    Error: Kind.text,
    ErrorPath: Kind.pathOrIntrinsic,
    Cause: Kind.text,
    CausePath: Kind.pathOrIntrinsic,
  },
  Parallel: { ...inputOutput, ...transition, ...result, ...errors, Branches: Kind.list },
  Map: {
    ...inputOutput,
    ...transition,
    ...result,
    ...errors,
    ItemProcessor: Kind.any,
    Iterator: Kind.any,
    ItemsPath: Kind.referencePath,
    ItemSelector: Kind.objectTemplate,
    MaxConcurrency: Kind.whole(0),
    MaxConcurrencyPath: Kind.referencePath,
    ToleratedFailureCount: Kind.whole(0),
    ToleratedFailureCountPath: Kind.referencePath,
    ToleratedFailurePercentage: Kind.number(0, 100),
    ToleratedFailurePercentagePath: Kind.referencePath,
  },
};

/** Fields that exclude each other: a state has one of them at most. */
export const EXCLUSIVE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Task: [
    ['TimeoutSeconds', 'TimeoutSecondsPath'],
    ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ],
  Wait: [['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']],
  Fail: [
    ['Error', 'ErrorPath'],
    ['Cause', 'CausePath'],
  ],
  Map: [
    ['ItemProcessor', 'Iterator'],
    ['Parameters', 'ItemSelector'],
    ['MaxConcurrency', 'MaxConcurrencyPath'],
    ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
    ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ],
};

/** Fields of which a state must have one. */
export const REQUIRED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Pass: [],
  Task: [['Resource']],
  Choice: [['Choices']],
  Wait: [['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']],
  Succeed: [],
  Fail: [],
  Parallel: [['Branches']],
  Map: [['ItemProcessor', 'Iterator']],
};

export const MACHINE_FIELDS: FieldTable = {
  Comment: Kind.text,
  QueryLanguage: Kind.oneOf('JSONPath'),
  StartAt: Kind.text,
  States: Kind.any,
  TimeoutSeconds: Kind.whole(1),
  Version: Kind.oneOf('1.0'),
};

export const WORKFLOW_FIELDS: FieldTable = { Comment: Kind.text, StartAt: Kind.text, States: Kind.any };
export const PROCESSOR_FIELDS: FieldTable = { ...WORKFLOW_FIELDS, ProcessorConfig: Kind.any };
export const PROCESSOR_CONFIG_FIELDS: FieldTable = { Mode: Kind.oneOf('INLINE') };

export const RETRIER_FIELDS: FieldTable = {
  Comment: Kind.text,
  ErrorEquals: Kind.errorNames,
  IntervalSeconds: Kind.whole(1),
  MaxAttempts: Kind.whole(0),
  BackoffRate: Kind.number(1, Number.MAX_VALUE),
  MaxDelaySeconds: Kind.whole(1),
  JitterStrategy: Kind.oneOf('FULL', 'NONE'),
};

export const CATCHER_FIELDS: FieldTable = {
  Comment: Kind.text,
  ErrorEquals: Kind.errorNames,
  Next: Kind.text,
  ResultPath: Kind.orNull(Kind.resultPath),
};
