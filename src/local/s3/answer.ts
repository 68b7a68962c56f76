import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AwsError } from '../services';
import type { S3Answer } from './request';
import { element, toXml } from './xml';

/** Answers what an operation gave; a HEAD request gets no body. */
export async function send(response: ServerResponse, answer: S3Answer, headOnly: boolean): Promise<void> {
  response.statusCode = answer.status ?? 200;
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (value !== undefined) response.setHeader(name, value);
  }
  if (answer.body instanceof Readable) {
    await pipeline(answer.body, response);
  } else if (answer.body && !headOnly) {
    response.setHeader('content-type', 'application/xml');
    response.end(toXml(answer.body));
  } else {
    response.end();
  }
}

/** Answers an error as S3 does: a document, which HEAD requests and 304 do not get. */
export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: AwsError,
  requestId: string,
): void {
  const { headers = {}, ...details } = error.details as { headers?: Record<string, string> };
  response.statusCode = error.statusCode;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method === 'HEAD' || error.statusCode === 304) {
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/xml');
  response.end(
    toXml(
      element('Error', [
        element('Code', error.code),
        element('Message', error.message),
        ...Object.entries(details).map(([name, value]) => element(name, String(value))),
        element('RequestId', requestId),
        element('HostId', requestId),
      ]),
    ),
  );
}
