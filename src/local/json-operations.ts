import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AnswerLost } from './faults/call-faults';
import { readJson, sendJsonError } from './json-protocol';
import { AwsError, NotProvidedError } from './services';

/**
 * Answers one request of AWS's JSON protocols: the operation is named in `X-Amz-Target`, input and output are JSON
 * bodies, dates are epoch seconds.
 */
export async function answerJson(
  request: IncomingMessage,
  response: ServerResponse,
  version: '1.0' | '1.1',
  operate: (operation: string, input: Readonly<Record<string, any>>) => Promise<object>,
): Promise<void> {
  try {
    const target = String(request.headers['x-amz-target']);
    const output = await operate(target.slice(target.indexOf('.') + 1), await readJson(request));
    response.writeHead(200, {
      'content-type': `application/x-amz-json-${version}`,
      'x-amzn-requestid': randomUUID(),
    });
    response.end(JSON.stringify(epochSeconds(output)));
  } catch (problem) {
    if (problem instanceof AnswerLost) throw problem;
    sendJsonError(response, asAwsError(problem));
  }
}

/** What the local run lacks is an error of the caller's, so that no SDK tries again. */
function asAwsError(problem: unknown): AwsError {
  if (problem instanceof AwsError) return problem;
  if (problem instanceof NotProvidedError) return new AwsError('UnknownOperationException', problem.message);
  return new AwsError('InternalFailure', (problem as Error).message, 500);
}

function epochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(epochSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, epochSeconds(member)]));
}
