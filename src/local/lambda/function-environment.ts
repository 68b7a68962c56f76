import * as path from 'node:path';
import type { FunctionSettings } from './function-settings';
import type { AccessKey } from '../access-keys';
import { LOCAL_REGION } from '../services';

export interface EnvironmentContext {
  readonly settings: FunctionSettings;
  readonly codeDirectory: string;
  /** Folder with the function's layers; undefined where it has none. */
  readonly layers: string | undefined;
  /** Home and temporary folder of the execution environment. */
  readonly scratchDirectory: string;
  readonly runtimeApi: string;
  readonly endpoint: string;
  readonly accessKey: AccessKey;
  readonly logStream: string;
  /** What the runtime itself adds. */
  readonly ofRuntime: Readonly<Record<string, string>> | undefined;
}

/**
 * Environment variables of a function's process: those that Lambda defines
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html), the template's, and the endpoint of the
 * local run. Of the laptop's own only PATH comes through, and no AWS settings or credentials do.
 */
export function functionEnvironment(context: EnvironmentContext): Record<string, string> {
  const { settings, accessKey } = context;
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    HOME: context.scratchDirectory,
    TMPDIR: context.scratchDirectory,
    _HANDLER: settings.handler,
    LAMBDA_TASK_ROOT: context.codeDirectory,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_LAMBDA_RUNTIME_API: context.runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: context.logStream,
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    ...(settings.logLevel && { AWS_LAMBDA_LOG_LEVEL: settings.logLevel }),
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey,
    ...(accessKey.sessionToken && { AWS_SESSION_TOKEN: accessKey.sessionToken }),
    AWS_ENDPOINT_URL: context.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    // The Node of the laptop stands for the runtime's: what the SDK thinks of its age says nothing about the function.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...(context.layers !== undefined && layerPaths(context.layers, settings.runtime)),
    ...context.ofRuntime,
    ...settings.variables,
  };
}

/** Where runtimes look into layers (https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html). */
function layerPaths(layers: string, runtime: string): Record<string, string> {
  const under = (...names: string[]): string => path.join(layers, ...names);
  return {
    PATH: `${under('bin')}:${process.env.PATH ?? ''}`,
    LD_LIBRARY_PATH: under('lib'),
    NODE_PATH: under('nodejs', 'node_modules'),
    PYTHONPATH: [under('python'), under('python', 'lib', runtime, 'site-packages')].join(':'),
  };
}
