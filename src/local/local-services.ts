import * as path from 'node:path';
import { AccessKeyRegistry, type AccessKey } from './access-keys';
import { ApiGatewayProvider } from './apigateway/api-gateway-provider';
import type { FileAsset } from './assembly';
import { DynamoDbService } from './dynamodb/dynamodb-service';
import { TableResources } from './dynamodb/table-resources';
import { EventBridgeService, EventBus, RuleProvider } from './eventbridge';
import { CallFaults } from './faults/call-faults';
import { Faults } from './faults/faults';
import { Gateway } from './gateway';
import { attachedPolicy } from './iam/attached-policy';
import { FunctionPermissions } from './iam/function-permissions';
import type { Statement } from './iam/policy';
import { PolicyAuthorizer } from './iam/policy-authorizer';
import { RolePolicies } from './iam/role-policies';
import { TopicPolicies } from './iam/topic-policies';
import { RunJournal } from './journal';
import { FunctionLogs } from './lambda/function-logs';
import { InvokeApi } from './lambda/invoke-api';
import { LambdaProvider } from './lambda/lambda-provider';
import { LambdaService } from './lambda/lambda-service';
import { PassiveResources } from './passive-resources';
import { Roles } from './roles';
import { S3Resources } from './s3/s3-resources';
import { S3Service } from './s3/s3-service';
import { SecretResources } from './secretsmanager/secret-resources';
import { SecretsService } from './secretsmanager/secrets-service';
import { LOCAL_ACCOUNT, type Principal, type ResourceProvider } from './services';
import { QueueResources } from './sqs/queue-resources';
import { SqsService } from './sqs/sqs-service';
import { StateMachineProvider, StateMachines, StepFunctionsService } from './stepfunctions';

export interface LocalServicesOptions {
  readonly dataDir: string;
  readonly assets: readonly FileAsset[];
  readonly appDirectory: string;
  /** Code of functions on this machine, by construct path. */
  readonly code: Readonly<Record<string, string>>;
  readonly timeScale: number;
  readonly port: number;
}

/** The services of one run, bound to each other and to the one endpoint. */
export class LocalServices {
  static async start(options: LocalServicesOptions): Promise<LocalServices> {
    const keys = new AccessKeyRegistry();
    const journal = new RunJournal();
    const gateway = new Gateway(keys, journal);
    return new LocalServices(options, keys, journal, gateway, await gateway.listen(options.port));
  }

  /** The person at the laptop. */
  readonly user: Principal = { kind: 'user', name: 'local', arn: `arn:aws:iam::${LOCAL_ACCOUNT}:user/local` };
  readonly userKey: AccessKey;
  readonly authorizer: PolicyAuthorizer;
  readonly policies: RolePolicies;
  readonly s3: S3Service;
  readonly dynamodb: DynamoDbService;
  readonly secrets: SecretsService;
  readonly events: EventBus;
  readonly apis: ApiGatewayProvider;
  /** Makers of every type of resource that the run knows. */
  readonly providers: readonly ResourceProvider[];
  readonly functions: LambdaService;
  readonly faults: Faults;
  private readonly machines: StateMachines;

  private constructor(
    { dataDir, timeScale, assets, appDirectory, code }: LocalServicesOptions,
    readonly keys: AccessKeyRegistry,
    readonly journal: RunJournal,
    private readonly gateway: Gateway,
    readonly endpoint: string,
  ) {
    const policies = new RolePolicies();
    const permissions = new FunctionPermissions();
    const topics = new TopicPolicies();
    const roles = new Roles(keys, policies);
    // Policies of resources are asked for at each call, when the services that hold them are there.
    const resourcePolicy = (arn: string): readonly Statement[] =>
      attachedPolicy(arn, { s3: this.s3, queues, permissions, topics, secrets: this.secrets });
    const authorizer = new PolicyAuthorizer({ roles: policies, resourcePolicy, journal });
    this.authorizer = authorizer;
    this.policies = policies;
    this.userKey = keys.issue(this.user);
    const calls = new CallFaults();
    this.dynamodb = new DynamoDbService(authorizer, calls);
    this.secrets = new SecretsService(authorizer, calls);
    const queues = new SqsService({ endpoint, authorizer });
    // Functions report to the bus, and the bus calls functions: the one that comes first is told of the other later.
    const functions = new LambdaService({
      journal,
      authorizer,
      queues,
      events: { put: (event) => this.events.put(event) },
      timeScale,
      faults: calls,
    });
    this.functions = functions;
    this.events = new EventBus({ functions, queues, journal, timeScale });
    this.machines = new StateMachines({
      functions,
      tables: this.dynamodb,
      queues,
      events: this.events,
      authorizer,
      journal,
      timeScale,
    });
    this.events.startExecutionsWith(this.machines);
    this.s3 = new S3Service({
      dataDir,
      authorizer,
      journal,
      functions,
      queues,
      eventBus: this.events,
      faults: calls,
    });
    this.faults = new Faults({
      calls,
      s3: this.s3,
      dynamodb: this.dynamodb,
      functions,
      machines: this.machines,
    });
    this.apis = new ApiGatewayProvider({ functions, keys, authorizer, journal });

    gateway.register('s3', this.s3);
    gateway.register('dynamodb', this.dynamodb);
    gateway.register('sqs', queues);
    gateway.register('states', new StepFunctionsService(this.machines, authorizer, calls));
    gateway.register('secretsmanager', this.secrets);
    gateway.register('lambda', new InvokeApi(functions));
    gateway.register('events', new EventBridgeService(this.events, authorizer));

    const directory = path.join(dataDir, 'lambda');
    const passive = new PassiveResources();
    this.providers = [
      new S3Resources(this.s3),
      new TableResources(this.dynamodb),
      new QueueResources(queues),
      new SecretResources(this.secrets),
      roles,
      policies,
      topics,
      new LambdaProvider({
        service: functions,
        roles,
        permissions,
        logs: new FunctionLogs(authorizer, passive.logGroups),
        journal,
        assets,
        directory,
        appDirectory,
        replacements: code,
        endpoint,
      }),
      new StateMachineProvider(this.machines, roles),
      new RuleProvider(this.events, roles),
      this.apis,
      passive,
    ];
  }

  /** Ends every process and closes every listener. */
  async stop(): Promise<void> {
    await Promise.all([this.machines.close(), this.events.close(), this.functions.stop()]);
    await Promise.all([this.apis.stop(), this.gateway.stop()]);
    await this.dynamodb.stop();
  }
}
