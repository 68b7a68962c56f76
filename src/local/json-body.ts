import type { IncomingMessage } from 'node:http';
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
