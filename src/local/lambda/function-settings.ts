import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import {
  AwsError,
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  NotProvidedError,
  type TemplateResource,
} from '../services';

/** Bytes of all environment variables of a function (Lambda quotas). */
const MAX_ENVIRONMENT_BYTES = 4096;
const MAX_FUNCTION_NAME = 64;

/** Properties that the run acts on, and those that change nothing on a laptop. */
const FUNCTION_PROPERTIES = [
  'Code',
  'DeadLetterConfig',
  'Environment',
  'FunctionName',
  'Handler',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'PackageType',
  'ReservedConcurrentExecutions',
  'Role',
  'Runtime',
  'Timeout',
  // Hardware, encryption at rest, tracing and words:
  'Architectures',
  'Description',
  'EphemeralStorage',
  'KmsKeyArn',
  'RecursiveLoop',
  'RuntimeManagementConfig',
  'Tags',
  'TracingConfig',
];

/** An object of the assets bucket. */
export interface AssetLocation {
  readonly bucketName: string;
  readonly objectKey: string;
}

/** Where a function's code is: in an object, or as text in the template. */
export type CodeLocation =
  ({ readonly kind: 'asset' } & AssetLocation) | { readonly kind: 'inline'; readonly text: string };

/** A function as the template describes it. */
export interface FunctionSettings {
  readonly name: string;
  readonly arn: string;
  /** Construct path. */
  readonly path: string;
  readonly runtime: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly deadLetterArn: string | undefined;
  readonly code: CodeLocation;
  /** ARNs of versions of layers, in the order in which they are laid over each other. */
  readonly layers: readonly string[];
  readonly logGroup: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly logLevel: string | undefined;
  /** Executions at once of this function, where it has its own limit. */
  readonly reservedConcurrency: number | undefined;
}

/** @throws NotProvidedError for a setting that the local run cannot imitate. */
export function functionSettings(resource: TemplateResource): FunctionSettings {
  const { properties, path } = resource;
  checkProperties(resource, FUNCTION_PROPERTIES);
  const name: string = properties.FunctionName ?? physicalName(resource, MAX_FUNCTION_NAME);
  const variables: Record<string, string> = properties.Environment?.Variables ?? {};
  checkEnvironmentSize(path, variables);
  return {
    name,
    arn: `arn:${LOCAL_PARTITION}:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:${name}`,
    path,
    runtime: properties.Runtime,
    handler: properties.Handler,
    timeoutSeconds: Number(properties.Timeout ?? 3),
    memoryMb: Number(properties.MemorySize ?? 128),
    variables,
    roleArn: properties.Role,
    deadLetterArn: properties.DeadLetterConfig?.TargetArn,
    code: codeLocation(properties.Code, path),
    layers: properties.Layers ?? [],
    logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    logFormat: properties.LoggingConfig?.LogFormat ?? 'Text',
    logLevel: properties.LoggingConfig?.ApplicationLogLevel,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
  };
}

function codeLocation(code: Readonly<Record<string, string>>, path: string): CodeLocation {
  if (code.ZipFile !== undefined) return { kind: 'inline', text: code.ZipFile };
  if (code.S3Key !== undefined) return { kind: 'asset', bucketName: code.S3Bucket!, objectKey: code.S3Key };
  throw new NotProvidedError(`functions made of container images, used at ${path}`);
}

function checkEnvironmentSize(path: string, variables: Readonly<Record<string, string>>): void {
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw new AwsError(
      'InvalidParameterValueException',
      `the environment variables of ${path} take ${bytes} bytes, Lambda allows ${MAX_ENVIRONMENT_BYTES}`,
    );
  }
}
