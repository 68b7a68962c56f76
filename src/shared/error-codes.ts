/** Where an error code may stand: on a row of the rejects file, or on a job as a whole. */
export type ErrorScope = 'row' | 'job';

export interface ErrorCode {
  readonly scope: ErrorScope;
  readonly meaning: string;
}

/**
 * Every code that the pipeline reports. Names of the Frictionless Framework where it has one
 * (https://framework.frictionlessdata.io/docs/errors/), our own where it has none.
 */
export const ERROR_CODES = {
  'blank-row': { scope: 'row', meaning: 'all cells of the record are empty' },
  'extra-cell': { scope: 'row', meaning: 'the record has more cells than the header' },
  'missing-cell': { scope: 'row', meaning: 'the record has fewer cells than the header' },
  'type-error': { scope: 'row', meaning: "the cell does not read as the field's type and format" },
  'constraint-error': { scope: 'row', meaning: 'the cell breaks a constraint of its field' },
  'unique-error': { scope: 'row', meaning: 'the values of a unique field or key stand in an earlier row' },
  'primary-key-error': { scope: 'row', meaning: 'the primary key is missing or stands in an earlier row' },
  'foreign-key-error': { scope: 'row', meaning: 'no row that the foreign key refers to has its values' },
  'transform-error': { scope: 'row', meaning: 'a transform cannot be applied to the cell' },
  'lookup-error': { scope: 'row', meaning: 'the lookup has no row for the key' },
  'empty-file': { scope: 'job', meaning: 'the file has no bytes' },
  'blank-label': { scope: 'job', meaning: 'a column of the header has no name' },
  'duplicate-label': { scope: 'job', meaning: 'two columns of the header have the same name' },
  'missing-label': { scope: 'job', meaning: 'the header lacks a field of the schema' },
  'extra-label': { scope: 'job', meaning: 'the header has a column that the schema lacks' },
  'incorrect-label': { scope: 'job', meaning: "the header's columns are not in the schema's order" },
  'reserved-label': { scope: 'job', meaning: 'the header uses a column name that the pipeline adds itself' },
  'encoding-error': { scope: 'job', meaning: 'the file is not text in its encoding' },
  'unclosed-quote': { scope: 'job', meaning: 'a quoted cell is never closed' },
  'record-too-large': { scope: 'job', meaning: 'a record is larger than the limit' },
  'field-too-large': { scope: 'job', meaning: 'a cell is larger than the limit' },
  'too-many-columns': { scope: 'job', meaning: 'the header has more columns than the limit' },
  'too-many-rows': { scope: 'job', meaning: 'the file has more rows than the limit' },
  'file-too-large': {
    scope: 'job',
    meaning: 'the file is larger than one function reads, or inflates to more',
  },
  'too-many-rejects': { scope: 'job', meaning: 'more rows were rejected than the policy allows' },
  'unique-budget-exceeded': { scope: 'job', meaning: 'more distinct keys than the memory budget holds' },
  'unknown-column': { scope: 'job', meaning: 'a step names a column that the file does not have' },
  'lookup-unreadable': { scope: 'job', meaning: 'the lookup file is missing or cannot be read as CSV' },
  'lookup-duplicate-key': { scope: 'job', meaning: 'a key stands twice in the lookup file' },
  'secret-unreadable': {
    scope: 'job',
    meaning: "the secret with a hash's key is missing, empty, or cannot be read",
  },
  'source-not-versioned': { scope: 'job', meaning: 'the source object has no version id' },
  'source-not-found': { scope: 'job', meaning: 'the version of the source object is gone' },
  'spec-mismatch': {
    scope: 'job',
    meaning: "the pipeline's spec is missing or not the one the job began with",
  },
  'step-contract-violation': { scope: 'job', meaning: 'a step returned what its contract does not allow' },
  'conservation-violated': { scope: 'job', meaning: 'rows read are not rows written, rejected and filtered' },
  'output-error': {
    scope: 'job',
    meaning: "a cell of the output does not fit its column's type in the output format",
  },
  'key-too-long': {
    scope: 'job',
    meaning: 'the key of the output or of the rejects would be longer than S3 takes',
  },
  'publication-conflict': {
    scope: 'job',
    meaning: 'the destination kept changing while it was published, or it is the output of another source',
  },
  'execution-name-taken': {
    scope: 'job',
    meaning:
      'an execution of the job ended before, so that no other can be started under its name: replay the job',
  },
  'execution-timed-out': { scope: 'job', meaning: 'the execution reached its timeout' },
  'execution-aborted': { scope: 'job', meaning: 'the execution was stopped' },
} as const satisfies Record<string, ErrorCode>;

export type ErrorCodeName = keyof typeof ERROR_CODES;
