/**
 * What runs in the process of a Node function in the place of AWS's runtime interface client: it loads the handler and
 * speaks the Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). A text, as it has to run
 * by itself, without anything of this package. Its argument is a mark that it writes to both output streams after each
 * invocation, so that the reader knows that all of an invocation's output has come.
 */
export const NODE_RUNTIME = String.raw`'use strict';
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const util = require('node:util');
const { existsSync, readFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');

const mark = process.argv[2];
const env = process.env;
const writeOut = process.stdout.write.bind(process.stdout);
const writeErr = process.stderr.write.bind(process.stderr);
const [host, port] = env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const exit = process.exit.bind(process);
let requestId;
let release = () => {};

// Nothing leaves the machine.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [options] = net._normalizeArgs(Array.isArray(args[0]) ? args[0] : args);
  const target = options.host || 'localhost';
  if (!options.path && !/^(localhost|127(\.\d+){3}|::1)$/.test(target)) {
    const error = new Error('the local run connects to this machine only, not to ' + target);
    error.code = 'ECONNREFUSED';
    process.nextTick(() => this.destroy(error));
    return this;
  }
  return connect.apply(this, args);
};

function call(method, url, body, headers) {
  return new Promise((resolve) => {
    const options = { agent, host, port, method, path: '/2018-06-01/runtime/' + url, headers };
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    // Without its runtime API the process has no reason to live.
    request.on('error', () => exit(1));
    request.end(body);
  });
}

function describe(error) {
  if (!util.types.isNativeError(error) && !(error && error.name && error.message !== undefined && error.stack)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  return { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') };
}

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
function log(level, args) {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(env.AWS_LAMBDA_LOG_LEVEL || 'TRACE')) return;
  const timestamp = new Date().toISOString();
  if (env.AWS_LAMBDA_LOG_FORMAT !== 'JSON') {
    writeOut([timestamp, requestId, level, util.format(...args)].join('\t') + '\n');
    return;
  }
  const [first] = args;
  const message = args.length === 1 && !util.types.isNativeError(first) ? first : util.format(...args);
  writeOut(JSON.stringify({ timestamp, level, requestId, message }) + '\n');
}
const METHODS = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };
for (const [name, level] of Object.entries(METHODS)) console[name] = (...args) => log(level, args);

async function fail(error, url) {
  const described = describe(error);
  log('ERROR', [described]);
  flush();
  await call('POST', url, JSON.stringify(described), { 'Lambda-Runtime-Function-Error-Type': described.errorType });
}

function flush() {
  writeOut(mark + '\n');
  writeErr(mark + '\n');
}

function named(name, message, cause) {
  const error = new Error(message, { cause });
  error.name = name;
  if (cause) error.stack = cause.stack;
  return error;
}

async function load() {
  const [, folder, file, names] = /^(.*\/)?([^/.]+)\.(.+)$/.exec(env._HANDLER) || [];
  if (!file) throw named('Runtime.MalformedHandlerName', 'Bad handler ' + env._HANDLER);
  const base = path.join(env.LAMBDA_TASK_ROOT, folder || '', file);
  const found = ['.js', '.mjs', '.cjs'].map((extension) => base + extension).find((name) => existsSync(name));
  if (!found) throw named('Runtime.ImportModuleError', "Error: Cannot find module '" + file + "'");
  let module;
  try {
    module = isModule(found) ? await import(pathToFileURL(found).href) : require(found);
  } catch (error) {
    if (!error || !/^(ERR_)?MODULE_NOT_FOUND$/.test(error.code)) throw error;
    const hint = /@aws-sdk\//.test(error.message)
      ? " (AWS's Node runtime ships the AWS SDK; the local run takes it from the app's node_modules: install it there)"
      : '';
    throw named('Runtime.ImportModuleError', 'Error: ' + error.message.split('\n')[0] + hint, error);
  }
  const handler = names.split('.').reduce((value, name) => value && value[name], module);
  if (typeof handler !== 'function') {
    throw named('Runtime.HandlerNotFound', env._HANDLER + ' is undefined or not exported');
  }
  if (handler.length < 3) return handler;
  const version = Number((/nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV) || [])[1]);
  if (version >= 24) {
    throw named('Runtime.CallbackHandlerDeprecated', 'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24');
  }
  return (event, context) =>
    new Promise((resolve, reject) => {
      const done = (error, result) => (error ? reject(error) : resolve(result));
      Promise.resolve(handler(event, context, done)).then((result) => result !== undefined && resolve(result), reject);
    });
}

function isModule(file) {
  if (!file.endsWith('.js')) return file.endsWith('.mjs');
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    const manifest = path.join(at, 'package.json');
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
    if (at === env.LAMBDA_TASK_ROOT) return false;
  }
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  };
}

async function answer(result) {
  const id = requestId;
  requestId = undefined;
  flush();
  await call('POST', 'invocation/' + id + '/response', result);
}

async function serve(handler) {
  for (;;) {
    const next = await call('GET', 'invocation/next');
    requestId = next.headers['lambda-runtime-aws-request-id'];
    env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
    try {
      const stalled = new Promise((resolve) => (release = () => resolve(null)));
      const result = await Promise.race([handler(JSON.parse(next.body), contextOf(next.headers)), stalled]);
      await answer(JSON.stringify(result === undefined ? null : result));
    } catch (error) {
      await fail(error, 'invocation/' + requestId + '/error');
    }
  }
}

// A promise that nothing can settle any more: Lambda answers null.
process.on('beforeExit', () => release());
async function die(name, error, code) {
  const cause = describe(error);
  const wrapped = named(name, cause.errorType + ': ' + cause.errorMessage, error instanceof Error ? error : undefined);
  await fail(wrapped, requestId ? 'invocation/' + requestId + '/error' : 'init/error');
  exit(code);
}
process.on('unhandledRejection', (error) => die('Runtime.UnhandledPromiseRejection', error, 128));
process.on('uncaughtException', (error) => die(error && error.name, error, 129));

load().then(serve, async (error) => {
  await fail(error, 'init/error');
  exit(1);
});
`;
