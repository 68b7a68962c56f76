import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CallAws } from './aws';
import { DIFFERENCES } from './differences';
import { readTemplate, stacksOf } from './upload';
import { readOutputs, type Outputs } from '../e2e/outputs';

const CDK = path.join(__dirname, '..', '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');
/** Far beyond what a deployment takes, so that one that hangs ends the run. */
const TIMEOUT_MS = 300_000;

export interface DeploymentOptions {
  readonly call: CallAws;
  /** Folder to work in. */
  readonly home: string;
  /** File of the stacks' outputs. */
  readonly outputs: string;
}

/** Stacks that the CDK CLI deploys to the endpoint that the environment names, as it would to an account. */
export class Deployment {
  constructor(private readonly options: DeploymentOptions) {}

  /** Prepares the account, as each needs it once. */
  bootstrap(): void {
    this.cdk('bootstrap', 'aws://000000000000/us-east-1');
  }

  /** Creates stacks of an assembly or updates them, and gives all outputs. */
  deploy(assembly: string, stacks = stacksOf(assembly)): Outputs {
    const { outputs } = this.options;
    const before = fs.existsSync(outputs) ? readOutputs(outputs) : {};
    const options = ['--require-approval=never', '--concurrency=4', '--outputs-file', outputs];
    this.cdk('deploy', ...stacks, '--app', assembly, ...options);
    stacks.forEach((stack) => this.complete(assembly, stack));
    const values = Object.entries(readOutputs(outputs)).map(([name, value]) => [name, reachable(value)]);
    fs.writeFileSync(outputs, JSON.stringify({ ...before, ...Object.fromEntries(values) }));
    return readOutputs(outputs);
  }

  /** Deletes the stacks of an assembly. */
  destroy(assembly: string): void {
    this.cdk('destroy', '--all', '--force', '--concurrency=4', '--app', assembly);
  }

  /** Makes the calls without which a stack is not what its template says. */
  private complete(assembly: string, stack: string): void {
    const parameters = { StackName: stack };
    const [answer] = this.options.call([
      { service: 'cloudformation', operation: 'describe_stack_resources', parameters },
    ]);
    const physicalIds = Object.fromEntries(
      answer.StackResources.map((each: any) => [each.LogicalResourceId, each.PhysicalResourceId]),
    );
    const { Resources: resources } = readTemplate(assembly, stack);
    this.options.call(DIFFERENCES.flatMap(({ calls }) => calls?.({ resources, physicalIds }) ?? []));
  }

  private cdk(...args: string[]): void {
    const quiet = ['--no-version-reporting', '--no-notices', '--ci'];
    const result = spawnSync(process.execPath, [CDK, ...args, ...quiet], {
      cwd: this.options.home,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      env: { ...process.env, NODE_OPTIONS: '', HOME: this.options.home, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    });
    if (result.status === 0) return;
    const said = `${result.stdout}${result.stderr}`
      .split('\n')
      .filter((line) => !/_(IN_PROGRESS|COMPLETE) /.test(line));
    throw new Error(`cdk ${args[0]} failed: ${result.error?.message ?? ''}\n${said.slice(-40).join('\n')}`);
  }
}

function reachable(value: string): string {
  const endpoint = process.env.AWS_ENDPOINT_URL!;
  return DIFFERENCES.reduce((text, { output }) => output?.(text, endpoint) ?? text, value);
}
