import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayService } from './gateway';
import { sendJsonError } from './json-protocol';
import { sendError } from './s3/answer';
import { s3Error, type S3ErrorCode } from './s3/errors';
import { AwsError } from './services';
import { SignatureError, type SignatureProblem } from './signature';

/** What S3 and the JSON protocols call each problem of a signature. */
const REFUSALS: Readonly<Record<SignatureProblem, { s3: S3ErrorCode; json: string }>> = {
  missing: { s3: 'AccessDenied', json: 'MissingAuthenticationTokenException' },
  malformed: { s3: 'InvalidArgument', json: 'IncompleteSignatureException' },
  'unknown-key': { s3: 'InvalidAccessKeyId', json: 'UnrecognizedClientException' },
  mismatch: { s3: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' },
  expired: { s3: 'AccessDenied', json: 'ExpiredTokenException' },
  skewed: { s3: 'RequestTimeTooSkewed', json: 'InvalidSignatureException' },
};

/** Answers a request that no service took, in the error format of the service that it was meant for. */
export function answerRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  service: GatewayService,
  error: unknown,
): void {
  const refusal = refusalOf(service, error);
  request.resume();
  if (service === 's3') sendError(request, response, refusal, randomUUID());
  else sendJsonError(response, refusal);
}

function refusalOf(service: GatewayService, error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof SignatureError) {
    const { s3, json } = REFUSALS[error.problem];
    return service === 's3' ? s3Error(s3, error.message) : new AwsError(json, error.message, 400);
  }
  return new AwsError(
    'InternalFailure',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    500,
  );
}
