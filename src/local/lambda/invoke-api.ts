import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LambdaService } from './lambda-service';
import { AwsError, NotProvidedError, type HttpService, type Principal } from '../services';

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
/** Bytes of the log that `LogType: Tail` gives (API reference, Invoke). */
const LOG_TAIL_BYTES = 4096;

/** Lambda's HTTP interface: the operation Invoke. */
export class InvokeApi implements HttpService {
  constructor(private readonly service: LambdaService) {}

  async handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    try {
      await this.invoke(request, response, principal);
    } catch (error) {
      const { code, message, statusCode, details } = asAwsError(error);
      const headers = {
        'Content-Type': 'application/json',
        'X-Amzn-ErrorType': code.replace(/^Lambda\./, ''),
      };
      response.writeHead(statusCode, headers);
      response.end(JSON.stringify({ Type: 'User', Message: message, ...details }));
    }
  }

  private async invoke(
    request: IncomingMessage,
    response: ServerResponse,
    principal: Principal,
  ): Promise<void> {
    const { pathname } = new URL(request.url!, 'http://127.0.0.1');
    const [, name] = INVOCATIONS.exec(pathname) ?? [];
    if (request.method !== 'POST' || name === undefined) {
      throw new NotProvidedError(`the Lambda operation ${request.method} ${pathname}`);
    }
    const functionName = decodeURIComponent(name);
    const payload = (await read(request)) || '{}';
    if (!isJson(payload)) {
      throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
    }
    switch (request.headers['x-amz-invocation-type'] ?? 'RequestResponse') {
      case 'Event':
        await this.service.invokeAsync(functionName, payload, principal);
        response.writeHead(202).end();
        return;
      case 'RequestResponse': {
        const result = await this.service.invoke(functionName, payload, principal);
        const tail = Buffer.from(result.log).subarray(-LOG_TAIL_BYTES).toString('base64');
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'X-Amz-Executed-Version': '$LATEST',
          ...(result.functionError && { 'X-Amz-Function-Error': result.functionError }),
          ...(request.headers['x-amz-log-type'] === 'Tail' && { 'X-Amz-Log-Result': tail }),
        });
        response.end(result.payload);
        return;
      }
      default:
        throw new NotProvidedError(`the invocation type ${request.headers['x-amz-invocation-type']}`);
    }
  }
}

/** What the local run lacks is an error of the caller's, so that no SDK tries again. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError('UnsupportedOperationException', (error as Error).message);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
