import type { ErrorCodeName } from '../../shared/error-codes';
import type { ObjectPointer } from '../../shared/step-contract';
import { PipelineError } from '../../spec/pipeline-error';
import { asTransient, statusOf } from '../transient-error';

/** What an object is to the pipeline, and what its absence means to the job. */
export interface ObjectRole {
  /** As in `the source object`. */
  readonly name: string;
  readonly absent: ErrorCodeName;
}

export const SOURCE: ObjectRole = { name: 'the source object', absent: 'source-not-found' };
export const SPEC: ObjectRole = { name: "the pipeline's spec", absent: 'spec-mismatch' };
export const STEP_DATA: ObjectRole = { name: "the earlier step's data", absent: 'step-contract-violation' };
export const STEP_REJECTS: ObjectRole = { name: "the step's rejects", absent: 'step-contract-violation' };
export const STAGED: ObjectRole = { name: 'the staged object', absent: 'publication-conflict' };
export const OUTPUT: ObjectRole = { name: 'the published object', absent: 'publication-conflict' };
export const LOOKUP: ObjectRole = { name: 'the lookup file', absent: 'lookup-unreadable' };

/** `s3://bucket/key`, with the version where one is asked for. */
export function uriOf(pointer: ObjectPointer): string {
  const uri = `s3://${pointer.bucket}/${pointer.key}`;
  return pointer.versionId === undefined ? uri : `${uri}?versionId=${pointer.versionId}`;
}

/**
 * What to throw where S3 would not give an object: the job's own error where it is not there, a message that names the
 * permission where S3 refuses, a TransientError where another try may help.
 */
export function readFailure(error: unknown, pointer: ObjectPointer, role: ObjectRole): unknown {
  const status = statusOf(error);
  // 405 answers a HEAD or GET of a version that is a delete marker.
  if (status === 404 || status === 405) {
    return new PipelineError(role.absent, `${role.name} ${uriOf(pointer)} does not exist`);
  }
  if (status === 403) {
    const action = pointer.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
    return refused(
      `reading ${role.name} ${uriOf(pointer)} was refused: the function's role needs ${action} on it ` +
        '(where the role lacks s3:ListBucket on the bucket, S3 answers the same for an object that does not exist)',
    );
  }
  return asTransient(error);
}

/** What to throw where S3 would not take an object. */
export function writeFailure(error: unknown, pointer: ObjectPointer): unknown {
  if (statusOf(error) === 403) {
    return refused(`writing ${uriOf(pointer)} was refused: the function's role needs s3:PutObject on it`);
  }
  return asTransient(error);
}

function refused(message: string): Error {
  const error = new Error(message);
  error.name = 'AccessDenied';
  return error;
}
