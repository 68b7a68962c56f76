import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, NotProvidedError } from './services';

/** The body of a request of the AWS JSON protocol. @throws AwsError SerializationException */
export async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, any>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Readonly<Record<string, any>>;
  } catch {
    throw new AwsError('SerializationException', 'the request body is not JSON');
  }
}

/** Answers an error in the AWS JSON protocol. */
export function sendJsonError(response: ServerResponse, error: AwsError): void {
  response.statusCode = error.statusCode;
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.setHeader('x-amzn-RequestId', randomUUID());
  response.setHeader('x-amzn-errortype', error.code);
  response.end(JSON.stringify({ ...error.details, __type: error.code, message: error.message }));
}

/**
 * Answers one request of AWS's JSON protocols: the operation is named in `X-Amz-Target`, input and output are JSON
 * bodies, dates are epoch seconds.
 */
export async function answerJson(
  request: IncomingMessage,
  response: ServerResponse,
  version: '1.0' | '1.1',
  operate: (operation: string, input: object) => Promise<object>,
): Promise<void> {
  const send = (statusCode: number, body: object, headers: Record<string, string> = {}) => {
    const contentType = `application/x-amz-json-${version}`;
    response.writeHead(statusCode, {
      'content-type': contentType,
      'x-amzn-requestid': randomUUID(),
      ...headers,
    });
    response.end(JSON.stringify(epochSeconds(body)));
  };
  try {
    const target = String(request.headers['x-amz-target']);
    send(200, await operate(target.slice(target.indexOf('.') + 1), await readJson(request)));
  } catch (problem) {
    const { code, message, statusCode, details } = asAwsError(problem);
    send(statusCode, { __type: code, message, ...details }, { 'x-amzn-errortype': code });
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
