import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { AccessKey } from './access-keys';
import { readAssembly, selectStacks, type AssemblyStack } from './assembly';
import type { Faults } from './faults/faults';
import { assetsBucketName, makeImported, type ImportedResource } from './imported-resources';
import type { RunJournal } from './journal';
import { LocalServices } from './local-services';
import { LOCAL_REGION, NotProvidedError, type Principal, type TemplateResource } from './services';
import { PIPELINE_METADATA } from '../shared/layout';
import { pipelinePaths, pipelinesOf, type Pipeline } from './template/pipelines';
import { reachOf, type NotRun } from './template/reach';
import { StackBuilder } from './template/stack-builder';

export interface LocalRunOptions {
  /** Folder of the cloud assembly, usually `cdk.out`. */
  readonly assembly: string;
  /** Names of the stacks to run; those that they depend on run with them. @default - all stacks */
  readonly stacks?: readonly string[];
  /** Construct paths of the pipelines to run. @default - all pipelines of the stacks */
  readonly pipelines?: readonly string[];
  /** Folder for objects, code and scratch space. @default - a temporary folder, deleted by `stop()` */
  readonly dataDir?: string;
  /** Real seconds for each second that AWS would wait before a retry or in a Wait state. @default 0.01 */
  readonly timeScale?: number;
  /** A folder of the app: from its packages comes the SDK that AWS's runtimes ship. @default - the assembly's folder */
  readonly appDirectory?: string;
  /**
   * Values of secrets by their names: for those that the app only imports, or in place of what the template generates.
   * @default - imported secrets have no value, and reading them fails
   */
  readonly secrets?: Readonly<Record<string, Uint8Array>>;

  /**
   * Folders or ZIP files by construct paths of functions: their code on this machine, in the place of that which would be
   * deployed. For programs that are built for another processor.
   */
  readonly code?: Readonly<Record<string, string>>;
  /** Port of the endpoint. @default - a free one */
  readonly port?: number;
}

const DEFAULT_TIME_SCALE = 0.01;

/**
 * A synthesised app that runs on this machine: its real templates, state machines and functions, on services that
 * listen on 127.0.0.1.
 */
export class LocalRun {
  /**
   * Starts everything that the pipelines of the app reach.
   *
   * @throws NotProvidedError where a pipeline needs what the local run does not have
   */
  static async start(options: LocalRunOptions): Promise<LocalRun> {
    const stacks = selectStacks(readAssembly(options.assembly), options.stacks ?? []);
    const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'serverless-csv-etl-'));
    const services = await LocalServices.start({
      dataDir,
      assets: stacks.flatMap((stack) => stack.assets),
      appDirectory: options.appDirectory ?? options.assembly,
      code: options.code ?? {},
      timeScale: options.timeScale ?? DEFAULT_TIME_SCALE,
      port: options.port ?? 0,
    });
    const run = new LocalRun(services, options.dataDir === undefined ? dataDir : undefined);
    try {
      await run.build(stacks, options.pipelines ?? pipelinePaths(stacks));
      run.fillSecrets(options.secrets ?? {});
      await run.checkFunctions(Object.keys(options.code ?? {}));
      return run;
    } catch (error) {
      await run.stop();
      throw error;
    }
  }

  /** Where S3, DynamoDB, Step Functions, Lambda, SQS, EventBridge and Secrets Manager listen. */
  readonly endpoint: string;
  readonly region = LOCAL_REGION;
  /** Those of the person at the laptop. */
  readonly credentials: AccessKey;
  readonly journal: RunJournal;
  /** What AWS may do to a pipeline, done on request. */
  readonly faults: Faults;
  private readonly stackOutputs: Record<string, Readonly<Record<string, string>>> = {};
  private readonly foundPipelines: Pipeline[] = [];
  private jobFunctions: readonly string[] = [];
  private notRunResources: readonly NotRun[] = [];
  private importedResources: readonly ImportedResource[] = [];

  private constructor(
    private readonly services: LocalServices,
    private readonly temporaryDirectory: string | undefined,
  ) {
    this.endpoint = services.endpoint;
    this.credentials = services.userKey;
    this.journal = services.journal;
    this.faults = services.faults;
  }

  /** Outputs by stack and name; addresses of APIs are the local ones. */
  get outputs(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return this.stackOutputs;
  }

  get pipelines(): readonly Pipeline[] {
    return this.foundPipelines;
  }

  /** Resources of the app that no pipeline reaches. */
  get notRun(): readonly NotRun[] {
    return this.notRunResources;
  }

  /** Resources that the app only imports; here they were made, empty. */
  get imported(): readonly ImportedResource[] {
    return this.importedResources;
  }

  /** Starts the processes of the functions that every job passes through, ahead of the first file. */
  async warmUp(): Promise<void> {
    await this.services.functions.prepare(this.jobFunctions);
  }

  /** Does what the schedule of a rule would do at its time. Takes the rule's name or construct path. */
  async fireSchedule(rule: string): Promise<void> {
    await this.services.events.fire(rule);
  }

  /**
   * Whether the template's policies allow a call of a role, given by its construct path. `conditions` are what the call
   * tells of itself, such as `s3:prefix`.
   */
  allows(
    role: string,
    action: string,
    resourceArn: string,
    conditions: Readonly<Record<string, string>> = {},
  ): boolean {
    return this.services.authorizer.allows(this.roleOf(role), action, resourceArn, conditions);
  }

  /** Makes credentials that call in the name of a role, given by its construct path: what sts:AssumeRole would give. */
  credentialsOf(role: string): AccessKey {
    return this.services.keys.issue({ ...this.roleOf(role), session: this.services.user.name });
  }

  /** Ends every process and listener of the run, and deletes its data where the folder is temporary. */
  async stop(): Promise<void> {
    await this.services.stop();
    if (this.temporaryDirectory) rmSync(this.temporaryDirectory, { recursive: true, force: true });
  }

  private fillSecrets(values: Readonly<Record<string, Uint8Array>>): void {
    for (const [name, value] of Object.entries(values)) {
      const secret = this.services.secrets.find(name);
      if (!secret) throw new NotProvidedError(`the secret ${name}, which nothing in the app names`);
      secret.put({ SecretString: Buffer.from(value).toString('utf8') });
    }
  }

  private roleOf(role: string): Principal {
    return { kind: 'role', name: role, arn: this.services.policies.arnOf(role) };
  }

  private async build(stacks: readonly AssemblyStack[], pipelines: readonly string[]): Promise<void> {
    const { services } = this;
    const provided = new Set(services.providers.flatMap(({ types }) => types));
    const { reached, notRun } = reachOf(stacks, pipelines, (type) => provided.has(type));
    this.notRunResources = notRun;

    await this.uploadAssets(stacks);
    const builder = new StackBuilder({
      providers: services.providers,
      reached,
      localise: (text) => services.apis.localise(text),
    });
    const resources = [];
    for (const stack of stacks) {
      const built = await builder.build(stack);
      this.stackOutputs[built.name] = built.outputs;
      this.foundPipelines.push(...pipelinesOf(stack, built.resolver));
      resources.push(...built.resources);
    }
    this.jobFunctions = functionsOfJobs(resources);
    this.importedResources = await makeImported(this.foundPipelines, resources, services);
  }

  /** Before the first file comes, as what cannot run would only show as a failed job. CDK's own functions never run. */
  private async checkFunctions(replaced: readonly string[]): Promise<void> {
    const { functions } = this.services;
    const unknown = replaced.find(
      (name) => !functions.paths.some((each) => `${each}/`.startsWith(`${name}/`)),
    );
    if (unknown !== undefined) {
      throw new NotProvidedError(`code for ${unknown}: the functions are ${functions.paths.join(', ')}`);
    }
    await functions.checkRuntimes(this.jobFunctions);
  }

  /** Folders are code, which functions are made from directly; every other asset is there to be read. */
  private async uploadAssets(stacks: readonly AssemblyStack[]): Promise<void> {
    const { s3 } = this.services;
    for (const asset of stacks.flatMap((stack) => stack.assets)) {
      const bucket = assetsBucketName(asset.bucketName);
      if (!s3.hasBucket(bucket)) s3.createBucket(bucket);
      const isTemplate = asset.source.endsWith('.template.json');
      if (asset.packaging === 'file' && !isTemplate) await s3.putFile(bucket, asset.objectKey, asset.source);
    }
  }
}

/** The functions that state machines call, and those that bring files to them. */
function functionsOfJobs(resources: readonly TemplateResource[]): string[] {
  const callers = resources.filter(
    ({ type, metadata }) => type === 'AWS::StepFunctions::StateMachine' || PIPELINE_METADATA in metadata,
  );
  const named = callers.flatMap(({ type, properties }) =>
    type === 'AWS::Lambda::Function'
      ? [properties.FunctionName as string | undefined]
      : [...JSON.stringify(properties).matchAll(/:function:([A-Za-z0-9_-]+)/g)].map(([, name]) => name),
  );
  return [...new Set(named.filter((name) => name !== undefined))];
}
