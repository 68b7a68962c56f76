import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from './services';

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
