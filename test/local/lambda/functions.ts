import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AccessKeyRegistry } from '../../../src/local/access-keys';
import { CallFaults } from '../../../src/local/faults/call-faults';
import { FunctionPermissions } from '../../../src/local/iam/function-permissions';
import { RolePolicies } from '../../../src/local/iam/role-policies';
import { RunJournal } from '../../../src/local/journal';
import { FunctionLogs } from '../../../src/local/lambda/function-logs';
import { LambdaProvider } from '../../../src/local/lambda/lambda-provider';
import { LambdaService } from '../../../src/local/lambda/lambda-service';
import { Roles } from '../../../src/local/roles';
import {
  AwsError,
  type Authorizer,
  type BusEvent,
  type Principal,
  type ProvidedResource,
} from '../../../src/local/services';

export const CALLER: Principal = {
  kind: 'service',
  name: 'test.amazonaws.com',
  arn: 'arn:aws:iam::000000000000:role/test',
};

export interface SentMessage {
  readonly queueArn: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Lambda alone: functions from source text, and a record of what they send on. */
export class Functions {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'lambda-'));
  readonly journal = new RunJournal();
  readonly sent: SentMessage[] = [];
  readonly events: BusEvent[] = [];
  /** Actions and resources that were judged. */
  readonly judged: string[] = [];
  /** Thrown where something is sent to a queue. */
  queueRefusal?: Error;
  /** Thrown where a call is judged. */
  denial?: Error;
  readonly faults = new CallFaults();
  /** Actions on logs that are denied. */
  readonly deniedLogActions: string[] = [];
  readonly judgedLogs: string[] = [];
  readonly logGroups = new Set<string>();
  readonly permissions = new FunctionPermissions();
  /** Code of functions by construct path, in the place of their own. */
  readonly replacements: Record<string, string> = {};
  readonly service: LambdaService;
  readonly provider: LambdaProvider;
  readonly assets: { source: string; packaging: 'zip' | 'file'; bucketName: string; objectKey: string }[] =
    [];

  constructor(timeScale = 0, appDirectory = __dirname) {
    this.service = new LambdaService({
      journal: this.journal,
      authorizer: {
        authorize: (_, action, resource) => {
          this.judged.push(`${action} ${resource}`);
          if (this.denial) throw this.denial;
        },
      },
      queues: {
        send: async (queueArn, body, attributes) => {
          if (this.queueRefusal) throw this.queueRefusal;
          this.sent.push({ queueArn, body, attributes });
        },
      },
      events: { put: async (event) => void this.events.push(event) },
      timeScale,
      faults: this.faults,
    });
    this.provider = new LambdaProvider({
      service: this.service,
      roles: new Roles(new AccessKeyRegistry(), new RolePolicies()),
      permissions: this.permissions,
      logs: new FunctionLogs(this.logAuthorizer, this.logGroups),
      journal: this.journal,
      assets: this.assets,
      directory: path.join(this.directory, 'lambda'),
      appDirectory,
      replacements: this.replacements,
      endpoint: 'http://127.0.0.1:9',
    });
  }

  private get logAuthorizer(): Authorizer {
    return {
      authorize: (principal, action, resource) => {
        this.judgedLogs.push(`${principal.name}: ${action} ${resource}`);
        if (this.deniedLogActions.includes(action)) throw new AwsError('AccessDeniedException', action);
      },
    };
  }

  /** Makes a function from one source text (`index.js`) or from files of a folder. */
  make(
    name: string,
    code: string | Readonly<Record<string, string>>,
    properties: object = {},
  ): ProvidedResource {
    const Code = typeof code === 'string' ? { ZipFile: code } : this.asset(name, code);
    return this.provide('AWS::Lambda::Function', name, {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/worker',
      FunctionName: name,
      Timeout: 30,
      Code,
      ...properties,
    });
  }

  provide(type: string, logicalId: string, properties: Record<string, unknown>): ProvidedResource {
    return this.provider.provide({
      type,
      logicalId,
      properties,
      metadata: {},
      stackName: 'Stack',
      path: `Stack/${logicalId}`,
    });
  }

  /** Invokes and gives what came back, parsed. */
  async call(name: string, event: unknown = {}): Promise<any> {
    const result = await this.service.invoke(name, JSON.stringify(event), CALLER);
    return { ...result, payload: JSON.parse(result.payload) };
  }

  lines(name: string): string[] {
    return this.journal.entries.flatMap((entry) =>
      entry.kind === 'log' && entry.functionName === name ? [entry.line] : [],
    );
  }

  async stop(): Promise<void> {
    await this.service.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Makes a version of a layer of files, and gives its ARN. */
  makeLayer(name: string, files: Readonly<Record<string, string>>): string {
    return this.provide('AWS::Lambda::LayerVersion', name, { Content: this.asset(name, files) }).ref;
  }

  private asset(name: string, files: Readonly<Record<string, string>>): object {
    const source = path.join(this.directory, `asset.${name}`);
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(source, file)), { recursive: true });
      writeFileSync(path.join(source, file), text, { mode: 0o755 });
    }
    this.assets.push({ source, packaging: 'zip', bucketName: 'assets', objectKey: `${name}.zip` });
    return { S3Bucket: 'assets', S3Key: `${name}.zip` };
  }
}
