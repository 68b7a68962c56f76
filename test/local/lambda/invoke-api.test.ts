import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { Functions } from './functions';
import { AccessKeyRegistry } from '../../../src/local/access-keys';
import { Gateway } from '../../../src/local/gateway';
import { InvokeApi } from '../../../src/local/lambda/invoke-api';

let functions: Functions;
let gateway: Gateway;
let client: LambdaClient;

beforeEach(async () => {
  functions = new Functions();
  const keys = new AccessKeyRegistry();
  gateway = new Gateway(keys, functions.journal);
  gateway.register('lambda', new InvokeApi(functions.service));
  client = new LambdaClient({
    endpoint: await gateway.listen(),
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: keys.issue({ kind: 'user', name: 'local', arn: 'arn:aws:iam::000000000000:user/local' }),
  });
});
afterEach(async () => {
  client.destroy();
  await gateway.stop();
  await functions.stop();
});

describe("Lambda's Invoke", () => {
  it('gives the result, and the end of the log where it is asked for', async () => {
    functions.make('echo', `exports.handler = async (e) => { process.stdout.write('said\\n'); return e }`);
    const result = await client.send(
      new InvokeCommand({ FunctionName: 'echo', Payload: Buffer.from('{"a":1}'), LogType: 'Tail' }),
    );
    expect(result).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(JSON.parse(result.Payload!.transformToString())).toEqual({ a: 1 });
    expect(Buffer.from(result.LogResult!, 'base64').toString()).toBe('said');
  });

  it('gives an empty event where there is no payload, and takes an ARN', async () => {
    const { attributes } = functions.make('echo', 'exports.handler = async (e) => e');
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: attributes.Arn }));
    expect(Payload!.transformToString()).toBe('{}');
  });

  it("marks a function's own error", async () => {
    functions.make('fails', `exports.handler = async () => { throw new Error('no') }`);
    expect(await client.send(new InvokeCommand({ FunctionName: 'fails' }))).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
    });
  });

  it('accepts an event', async () => {
    functions.make('event', 'exports.handler = async () => 1');
    const result = await client.send(new InvokeCommand({ FunctionName: 'event', InvocationType: 'Event' }));
    expect(result.StatusCode).toBe(202);
    await functions.journal.waitFor(({ kind }) => kind === 'invocation-ended');
  });

  it('fails by the names that the SDK knows', async () => {
    await expect(client.send(new InvokeCommand({ FunctionName: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: nobody',
    });
    functions.make('echo', 'exports.handler = async (e) => e');
    await expect(
      client.send(new InvokeCommand({ FunctionName: 'echo', Payload: Buffer.from('no') })),
    ).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
  });

  it.each([
    ['another operation', new ListFunctionsCommand({})],
    ['a dry run', new InvokeCommand({ FunctionName: 'echo', InvocationType: 'DryRun' })],
  ])('does not provide %s', async (_, command) => {
    await expect(client.send(command as InvokeCommand)).rejects.toThrow('the local run does not provide');
  });
});
