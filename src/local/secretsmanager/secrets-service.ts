import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Statement } from '../iam/policy';
import { answerJson } from '../json-operations';
import {
  AwsError,
  type Authorizer,
  type FaultSource,
  type HttpService,
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  LOCAL_REGION,
  NotProvidedError,
  type Principal,
} from '../services';
import { Secret, type SecretValue } from './secret';

type Input = Readonly<Record<string, any>>;

/** What each operation does with its secret. */
const OPERATIONS: Readonly<Record<string, (secret: Secret, input: Input) => object>> = {
  DescribeSecret: (secret) => ({
    ARN: secret.arn,
    Name: secret.name,
    CreatedDate: secret.createdAt,
    VersionIdsToStages: secret.stages,
  }),
  GetSecretValue: getSecretValue,
  PutSecretValue: putSecretValue,
};

/** Secrets Manager on the laptop: secrets in memory. */
export class SecretsService implements HttpService {
  private readonly secrets: Secret[] = [];
  private readonly policies = new Map<Secret, readonly Statement[]>();

  constructor(
    private readonly authorizer: Authorizer,
    private readonly faults: FaultSource,
  ) {}

  /** Makes a secret without a value. Its ARN has six characters behind the name unless a whole one is given. */
  create(name: string, arn: string = `${partialArn(name)}-${suffixOf(name)}`): Secret {
    const secret = new Secret(name, arn);
    this.secrets.push(secret);
    return secret;
  }

  /** The secret of a name, or of an ARN with or without its last six characters. */
  find(secretId: string): Secret | undefined {
    return this.secrets.find(
      ({ name, arn }) => [name, arn].includes(secretId) || arn.replace(/-[A-Za-z0-9]{6}$/, '') === secretId,
    );
  }

  put(secretId: string, value: SecretValue): void {
    this.find(secretId)!.put(value);
  }

  setPolicy(secretId: string, policy: readonly Statement[]): void {
    this.policies.set(this.find(secretId)!, policy);
  }

  /** Statements of the policy of the secret of that ARN. */
  policyOf(arn: string): readonly Statement[] {
    const secret = this.find(arn);
    return (secret && this.policies.get(secret)) ?? [];
  }

  async handle(request: IncomingMessage, response: ServerResponse, principal: Principal): Promise<void> {
    await answerJson(request, response, '1.1', (operation, input) => this.call(operation, input, principal));
  }

  private async call(operation: string, input: Input, principal: Principal): Promise<object> {
    if (!Object.hasOwn(OPERATIONS, operation)) {
      throw new NotProvidedError(`the operation ${operation} of Secrets Manager`);
    }
    const secretId = String(input.SecretId);
    const secret = this.find(secretId);
    // Rights are judged before anything is said of whether the secret exists.
    const arn = secret?.arn ?? (secretId.startsWith('arn:') ? secretId : partialArn(secretId));
    this.authorizer.authorize(principal, `secretsmanager:${operation}`, arn);
    if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
    return this.faults.around({ service: 'secretsmanager', operation, on: secret.name }, async () =>
      OPERATIONS[operation]!(secret, input),
    );
  }
}

function getSecretValue(secret: Secret, { VersionStage: stage, VersionId: id }: Input): object {
  const version = secret.version(stage, id);
  if (!version) {
    throw notFound(
      id === undefined
        ? `Secrets Manager can't find the specified secret value for staging label: ${stage ?? 'AWSCURRENT'}`
        : `Secrets Manager can't find the specified secret value for VersionId: ${id}`,
    );
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: secret.stagesOf(version),
    CreatedDate: version.createdAt,
    ...version.value,
  };
}

function putSecretValue(
  secret: Secret,
  { ClientRequestToken: token, SecretString, SecretBinary, VersionStages: stages = ['AWSCURRENT'] }: Input,
): object {
  if ((SecretString === undefined) === (SecretBinary === undefined)) {
    throw new AwsError('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
  }
  if (String(stages) !== 'AWSCURRENT') {
    throw new NotProvidedError('versions of secrets that do not become the current one');
  }
  const version = secret.put(SecretString === undefined ? { SecretBinary } : { SecretString }, token);
  if (!version) {
    throw new AwsError(
      'ResourceExistsException',
      'You can only create a new version: one with this id and another value exists already.',
    );
  }
  const VersionStages = secret.stagesOf(version);
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages };
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

function partialArn(name: string): string {
  return `arn:${LOCAL_PARTITION}:secretsmanager:${LOCAL_REGION}:${LOCAL_ACCOUNT}:secret:${name}`;
}

/** Six characters that are the same in every run. */
function suffixOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 6);
}
