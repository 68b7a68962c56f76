import { CALLER, Functions } from './functions';

let functions: Functions;
beforeEach(() => (functions = new Functions()));
afterEach(() => functions.stop());

describe('a function that answers', () => {
  it('gets the event and the context, and gives its result as JSON', async () => {
    functions.make(
      'echo',
      `exports.handler = async (event, context) => ({ event, name: context.functionName,
      memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() > 0, arn: context.invokedFunctionArn })`,
    );
    const { payload } = await functions.call('echo', { a: 1 });
    expect(payload).toEqual({
      event: { a: 1 },
      name: 'echo',
      memory: '128',
      left: true,
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
    });
  });

  it('may work for longer than servers keep connections', async () => {
    const announced =
      "require('http').get('http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/none', resolve)";
    functions.make(
      'asking',
      `exports.handler = async () => (await new Promise((resolve) => ${announced})).headers['keep-alive'] ?? 'for ever'`,
    );
    expect((await functions.call('asking')).payload).toBe('for ever');
  });

  it('answers null where the handler returns nothing', async () => {
    functions.make('silent', 'exports.handler = async () => {}');
    expect((await functions.call('silent')).payload).toBeNull();
  });

  it('answers null where nothing can settle the promise any more, and serves on', async () => {
    functions.make('stuck', 'let n = 0; exports.handler = () => ++n === 1 ? new Promise(() => {}) : n');
    expect((await functions.call('stuck')).payload).toBeNull();
    expect((await functions.call('stuck')).payload).toBe(2);
  });

  it('stays warm: the second invocation finds the same process', async () => {
    functions.make('counter', 'let n = 0; exports.handler = async () => ({ n: ++n, pid: process.pid })');
    const first = await functions.call('counter');
    const second = await functions.call('counter');
    expect([first.payload.n, second.payload.n]).toEqual([1, 2]);
    expect(second.payload.pid).toBe(first.payload.pid);
  });

  it('has a process started ahead, when it is asked to', async () => {
    functions.make('ready', 'exports.handler = async () => 1');
    functions.make('broken', 'exports.handler = async () => 1', { Runtime: 'cobol' });
    await functions.service.prepare(['ready', 'broken', 'unknown']);
    expect((await functions.call('ready')).payload).toBe(1);
  });

  it('runs beside itself in processes of their own, up to ten at once', async () => {
    functions.make(
      'slow',
      'exports.handler = async () => new Promise((r) => setTimeout(() => r(process.pid), 300))',
    );
    const calls = Array.from({ length: 10 }, () => functions.call('slow'));
    await expect(functions.call('slow')).rejects.toMatchObject({
      code: 'Lambda.TooManyRequestsException',
      statusCode: 429,
    });
    const pids = (await Promise.all(calls)).map(({ payload }) => payload);
    expect(new Set(pids).size).toBe(10);
  });

  it('runs no oftener at once than it has reserved', async () => {
    functions.make('single', 'exports.handler = async () => new Promise((r) => setTimeout(r, 100))', {
      ReservedConcurrentExecutions: 1,
    });
    functions.make('other', 'exports.handler = async () => 1');
    const first = functions.call('single');
    await expect(functions.call('single')).rejects.toMatchObject({
      details: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    });
    expect((await functions.call('other')).payload).toBe(1);
    await first;
  });

  it('is an ES module where its file or its package says so', async () => {
    const source = 'export const handler = async () => import.meta.url.startsWith("file:")';
    functions.make('mjs', { 'index.mjs': source });
    functions.make('typed', { 'index.js': source, 'package.json': '{"type":"module"}' });
    functions.make(
      'nested',
      { 'sub/index.js': 'exports.a = { b: async () => __filename.length > 0 }' },
      { Handler: 'sub/index.a.b' },
    );
    expect((await functions.call('mjs')).payload).toBe(true);
    expect((await functions.call('typed')).payload).toBe(true);
    expect((await functions.call('nested')).payload).toBe(true);
  });

  it('finds the AWS SDK, as in AWS, and no other package of the project around it', async () => {
    functions.make('sdk', `exports.handler = async () => typeof require('@aws-sdk/client-s3').S3Client`);
    functions.make('leak', `require('esbuild'); exports.handler = async () => 1`);
    expect((await functions.call('sdk')).payload).toBe('function');
    expect((await functions.call('leak')).payload.errorType).toBe('Runtime.ImportModuleError');
  });

  it('may take callbacks up to Node 22, not from Node 24 on', async () => {
    const code = `exports.handler = (event, context, callback) => {
      event.fail ? callback(new RangeError('no')) : callback(null, 'called back'); }`;
    functions.make('callback', code);
    functions.make('modern', code, { Runtime: 'nodejs24.x' });
    expect((await functions.call('callback')).payload).toBe('called back');
    expect((await functions.call('callback', { fail: true })).payload.errorType).toBe('RangeError');
    expect((await functions.call('modern')).payload.errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });
});

describe('the environment of a function', () => {
  it('is made from nothing: of the laptop only PATH comes through', async () => {
    process.env.AWS_PROFILE = 'production';
    functions.make('env', 'exports.handler = async () => process.env', {
      Environment: { Variables: { ETL_BUCKET: 'b' } },
    });
    const { payload } = await functions.call('env');
    delete process.env.AWS_PROFILE;
    expect(payload).toMatchObject({
      ETL_BUCKET: 'b',
      TZ: ':UTC',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      PATH: process.env.PATH,
    });
    expect(payload.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
    expect(Object.keys(payload)).not.toContain('AWS_PROFILE');
  });

  it('reaches this machine only', async () => {
    functions.make(
      'net',
      `exports.handler = () => fetch('https://example.com').catch((e) => e.cause.message)`,
    );
    functions.make(
      'tcp',
      `exports.handler = () => new Promise((resolve) =>
      require('net').connect(443, 'example.com').on('error', (e) => resolve(e.message)))`,
    );
    expect((await functions.call('net')).payload).toBe(
      'the local run connects to this machine only, not to example.com',
    );
    expect((await functions.call('tcp')).payload).toBe(
      'the local run connects to this machine only, not to example.com',
    );
  });
});

describe('a function that fails', () => {
  it('gives the name, message and trace of what it threw', async () => {
    functions.make(
      'throws',
      `class TransientError extends Error { name = 'TransientError' }
      exports.handler = async () => { throw new TransientError('later') }`,
    );
    const result = await functions.call('throws');
    expect(result.functionError).toBe('Unhandled');
    expect(result.payload).toMatchObject({ errorType: 'TransientError', errorMessage: 'later' });
    expect(result.payload.trace[0]).toContain('later');
    expect(functions.lines('throws').join()).toContain('TransientError');
  });

  it('may throw what is no error', async () => {
    functions.make('string', `exports.handler = async () => { throw 'plain' }`);
    expect((await functions.call('string')).payload).toEqual({
      errorType: 'string',
      errorMessage: 'plain',
      trace: [],
    });
  });

  it.each([
    ['throws while it loads', `throw new SyntaxError('bad')`, 'SyntaxError', 'bad'],
    [
      'lacks a module',
      `require('nowhere')`,
      'Runtime.ImportModuleError',
      "Error: Cannot find module 'nowhere'",
    ],
    [
      'lacks the handler',
      `exports.other = 1`,
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
  ])('says so where it %s', async (_, code, errorType, errorMessage) => {
    functions.make('broken', code);
    expect((await functions.call('broken')).payload).toMatchObject({ errorType, errorMessage });
    expect((await functions.call('broken')).payload).toMatchObject({ errorType });
  });

  it.each([
    ['index', 'Runtime.MalformedHandlerName', 'Bad handler index'],
    ['main.handler', 'Runtime.ImportModuleError', "Error: Cannot find module 'main'"],
  ])('says so where the handler is %s', async (Handler, errorType, errorMessage) => {
    functions.make('misnamed', 'exports.handler = async () => 1', { Handler });
    expect((await functions.call('misnamed')).payload).toMatchObject({ errorType, errorMessage });
  });

  it('tells of a package of the SDK that the app has not installed', async () => {
    functions.make('nosdk', `require('@aws-sdk/client-quantum')`);
    expect((await functions.call('nosdk')).payload.errorMessage).toContain(
      "takes it from the app's node_modules: install it there",
    );
  });

  it('is killed at its timeout, and a new process serves the next invocation', async () => {
    functions.make('endless', 'exports.handler = async (e) => { for (; e.loop; ); return 1 }', {
      Timeout: 1,
    });
    const result = await functions.call('endless', { loop: true });
    expect(result.functionError).toBe('Unhandled');
    expect(result.payload.errorType).toBe('Sandbox.Timedout');
    expect(result.payload.errorMessage).toMatch(
      /^RequestId: [-0-9a-f]{36} Error: Task timed out after 1\.00 seconds$/,
    );
    expect((await functions.call('endless')).payload).toBe(1);
  });

  it('is killed when it holds more memory than it has, buffers included', async () => {
    functions.make(
      'greedy',
      `const kept = []; exports.handler = async () => {
      for (;;) { kept.push(Buffer.alloc(16e6, 1)); await new Promise((r) => setTimeout(r, 5)) } }`,
    );
    const { payload } = await functions.call('greedy');
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(payload.errorMessage).toMatch(/Error: Runtime exited with error: signal: killed$/);
  });

  it('ends with its process', async () => {
    functions.make('exits', 'exports.handler = async () => process.exit(3)');
    const { payload } = await functions.call('exits');
    expect(payload.errorMessage).toMatch(/Runtime exited with error: exit status 3$/);
  });

  it('reports a rejection that nobody handles', async () => {
    functions.make(
      'rejects',
      `exports.handler = () => new Promise(() => { Promise.reject(new Error('lost')); setTimeout(() => {}, 9e3) })`,
    );
    expect((await functions.call('rejects')).payload).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
  });

  it('refuses a result above 6 MB', async () => {
    functions.make('huge', `exports.handler = async () => 'x'.repeat(6.5 * 1024 * 1024)`);
    expect((await functions.call('huge')).payload.errorType).toBe('Function.ResponseSizeTooLarge');
  });

  it('is refused with a payload above 6 MB, above 256 KB asynchronously, or under an unknown name', async () => {
    functions.make('echo', 'exports.handler = async () => 1');
    const text = (bytes: number): string => JSON.stringify('x'.repeat(bytes));
    const refused = { code: 'Lambda.RequestTooLargeException', statusCode: 413 };
    await expect(functions.service.invoke('echo', text(7e6), CALLER)).rejects.toMatchObject(refused);
    await expect(functions.service.invokeAsync('echo', text(3e5), CALLER)).rejects.toMatchObject(refused);
    await expect(functions.service.invoke('other', '{}', CALLER)).rejects.toMatchObject({
      code: 'Lambda.ResourceNotFoundException',
      message: 'Function not found: other',
    });
  });
});

describe('what a function writes', () => {
  it('is in the journal before the end of its invocation, unfinished lines too', async () => {
    functions.make(
      'writes',
      `exports.handler = async () => { process.stdout.write('one\\ntwo'); process.stderr.write('three\\n') }`,
    );
    const { log } = await functions.call('writes');
    expect(log.split('\n').sort()).toEqual(['one', 'three', 'two']);
    expect(functions.journal.entries.at(-1)).toMatchObject({
      kind: 'invocation-ended',
      functionName: 'writes',
    });
  });

  it('is formatted as the logging configuration says', async () => {
    const code = `exports.handler = async () => { console.log({ a: 1 }); console.debug('low'); console.warn('x', 2, new Error('e').message) }`;
    functions.make('json', code, { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' } });
    functions.make('text', code);
    await functions.call('json');
    await functions.call('text');
    expect(functions.lines('json').map((line) => JSON.parse(line))).toEqual([
      { timestamp: expect.any(String), level: 'INFO', requestId: expect.any(String), message: { a: 1 } },
      { timestamp: expect.any(String), level: 'WARN', requestId: expect.any(String), message: 'x 2 e' },
    ]);
    expect(functions.lines('text')[0]).toMatch(/^\S+Z\t\S+\tINFO\t{ a: 1 }$/);
    expect(functions.lines('text')).toHaveLength(3);
  });

  it('becomes metrics where it is in the embedded metric format', async () => {
    const line = {
      _aws: {
        CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['P']], Metrics: [{ Name: 'M', Unit: 'Count' }] }],
      },
      P: 'p',
      M: 5,
    };
    functions.make(
      'emf',
      `exports.handler = async () => process.stdout.write(${JSON.stringify(JSON.stringify(line))} + '\\n')`,
    );
    await functions.call('emf');
    expect(functions.journal.entries).toContainEqual({
      kind: 'metric',
      namespace: 'N',
      name: 'M',
      value: 5,
      unit: 'Count',
      dimensions: { P: 'p' },
    });
  });
});
