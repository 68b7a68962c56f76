import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { AsyncSettings } from './async-invocations';
import { CodeStore } from './function-code';
import type { FunctionLogs } from './function-logs';
import { FunctionPool } from './function-pool';
import { functionSettings } from './function-settings';
import type { LambdaService } from './lambda-service';
import { writeRuntimePrograms } from './runtimes';
import type { FileAsset } from '../assembly';
import type { FunctionPermissions } from '../iam/function-permissions';
import { physicalName } from '../physical-name';
import type { Roles } from '../roles';
import {
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  NotProvidedError,
  type Journal,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';

const MAX_LAYER_NAME = 140;

export interface LambdaProviderProps {
  readonly service: LambdaService;
  readonly roles: Roles;
  readonly permissions: FunctionPermissions;
  readonly logs: FunctionLogs;
  readonly journal: Journal;
  readonly assets: readonly FileAsset[];
  /** Folder for code, scratch space and the runtime's program. */
  readonly directory: string;
  /** Where the app lives: the SDK that AWS's runtimes ship is taken from its packages. */
  readonly appDirectory: string;
  /** Folders or ZIP files by construct paths of functions: their code on this machine, in the place of their own. */
  readonly replacements: Readonly<Record<string, string>>;
  readonly endpoint: string;
}

/** Makes functions and what belongs to them. */
export class LambdaProvider implements ResourceProvider {
  readonly types = [
    'AWS::Lambda::Function',
    'AWS::Lambda::Version',
    'AWS::Lambda::Alias',
    'AWS::Lambda::Permission',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::LayerVersion',
  ];
  private readonly code: CodeStore;

  constructor(private readonly props: LambdaProviderProps) {
    const { directory, assets, appDirectory, replacements } = props;
    this.code = new CodeStore({
      directory: path.join(directory, 'functions'),
      assets,
      appDirectory,
      replacements,
    });
    mkdirSync(directory, { recursive: true });
    writeRuntimePrograms(directory);
  }

  provide(resource: TemplateResource): ProvidedResource {
    switch (resource.type) {
      case 'AWS::Lambda::Function':
        return this.provideFunction(resource);
      case 'AWS::Lambda::Version':
        return { ref: `${resource.properties.FunctionName}:1`, attributes: { Version: '1' } };
      case 'AWS::Lambda::Alias': {
        const arn = `${resource.properties.FunctionName}:${resource.properties.Name}`;
        return { ref: arn, attributes: { AliasArn: arn } };
      }
      case 'AWS::Lambda::LayerVersion':
        return this.provideLayer(resource);
      case 'AWS::Lambda::EventInvokeConfig':
        this.props.service.configureAsync(resource.properties.FunctionName, asyncSettings(resource));
        return { ref: resource.logicalId, attributes: {} };
      default:
        this.props.permissions.add(resource);
        return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
    }
  }

  private provideLayer(resource: TemplateResource): ProvidedResource {
    const name = resource.properties.LayerName ?? physicalName(resource, MAX_LAYER_NAME);
    const arn = `arn:${LOCAL_PARTITION}:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:layer:${name}:1`;
    const { S3Bucket: bucketName, S3Key: objectKey } = resource.properties.Content;
    this.code.addLayer(arn, { bucketName, objectKey });
    return { ref: arn, attributes: { LayerVersionArn: arn } };
  }

  private provideFunction(resource: TemplateResource): ProvidedResource {
    const { service, roles, logs, journal, endpoint, directory, appDirectory } = this.props;
    const settings = functionSettings(resource);
    const principal = roles.principal(settings.roleArn, 'lambda.amazonaws.com', settings.arn);
    const pool = new FunctionPool({
      settings,
      code: this.code,
      programs: directory,
      appDirectory,
      scratchDirectory: path.join(directory, 'scratch'),
      endpoint,
      accessKey: roles.accessKey(principal),
      journal,
      openLog: (stream) => logs.open(settings.logGroup, stream, principal),
    });
    service.add({ settings, pool, principal });
    return { ref: settings.name, attributes: { Arn: settings.arn } };
  }
}

function asyncSettings({ properties, path: configPath }: TemplateResource): AsyncSettings {
  const { OnFailure, OnSuccess } = properties.DestinationConfig ?? {};
  const destinations = [OnFailure?.Destination, OnSuccess?.Destination];
  const unknown = destinations.find(
    (arn) => arn !== undefined && !/^arn:[^:]+:(sqs|lambda|events):/.test(arn),
  );
  if (unknown) throw new NotProvidedError(`the asynchronous destination ${unknown}, used at ${configPath}`);
  return {
    maximumRetryAttempts: properties.MaximumRetryAttempts,
    onFailure: OnFailure?.Destination,
    onSuccess: OnSuccess?.Destination,
  };
}
