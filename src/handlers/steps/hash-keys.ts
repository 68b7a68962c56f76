import type { HashKeys } from '../../engine/transforms/transform-context';
import { ENV } from '../../shared/environment';
import type { HashKeySource } from '../../shared/hash-key-source';
import { PipelineError } from '../../spec/pipeline-error';
import type { TransformSpec } from '../../spec/transforms/transform-spec';
import { log } from '../log';
import { isRecord } from '../message';
import { isTransient } from '../transient-error';

/** What of a secret's value is read. */
interface SecretContent {
  readonly SecretString?: string;
  readonly SecretBinary?: Uint8Array;
  readonly VersionId?: string;
}

export type GetSecretValue = (secretId: string) => Promise<SecretContent>;

/**
 * The keys of a job's hashes, each read once a job: all rows of an output are hashed with the same one, also where the
 * secret is rotated meanwhile, and the next job takes the new one.
 *
 * @throws PipelineError `secret-unreadable`
 */
export async function readHashKeys(
  transforms: readonly TransformSpec[],
  getSecretValue: GetSecretValue,
): Promise<HashKeys> {
  const names = new Set(
    transforms.flatMap((transform) => (transform.type === 'hash' ? [transform.key] : [])),
  );
  const sources = JSON.parse(process.env[ENV.hashKeys] ?? '{}') as Record<string, HashKeySource>;
  const keys: Record<string, string | Uint8Array> = {};
  for (const name of names) {
    if (!Object.hasOwn(sources, name)) {
      throw unreadable(
        `the pipeline has no hash key ${JSON.stringify(name)} any more: it was updated after the job began, so replay the job`,
      );
    }
    keys[name] = await readKey(getSecretValue, name, sources[name]);
  }
  return keys;
}

async function readKey(
  getSecretValue: GetSecretValue,
  name: string,
  { secretId, jsonField }: HashKeySource,
): Promise<string | Uint8Array> {
  const { SecretString, SecretBinary, VersionId } = await getSecretValue(secretId).catch((error: unknown) => {
    throw readFailure(error as Error, secretId);
  });
  const key =
    jsonField === undefined ? (SecretString ?? SecretBinary) : member(secretId, jsonField, SecretString);
  if (key === undefined || key.length === 0) throw unreadable(`the secret ${secretId} is empty`);
  log('INFO', 'hash key read', { key: name, versionId: VersionId });
  return key;
}

/** None of the messages of Secrets Manager has anything of a secret's value in it. */
function readFailure(error: Error, secretId: string): Error {
  if (isTransient(error)) return error;
  if (error.name === 'ResourceNotFoundException') {
    return unreadable(`the secret ${secretId} does not exist, or has no value`);
  }
  if (error.name === 'AccessDeniedException') {
    const refused = new Error(
      `reading the secret ${secretId} was refused: the function's role needs secretsmanager:GetSecretValue on it, and ` +
        `kms:Decrypt on its key where that is one of your own (${error.message})`,
    );
    refused.name = 'AccessDenied';
    return refused;
  }
  return unreadable(`the secret ${secretId} cannot be read: ${error.name}: ${error.message}`);
}

/** What JSON.parse says of a text has a part of it, so nothing of that is told. */
function member(secretId: string, jsonField: string, text = ''): string {
  const value = parsed(text);
  const key = isRecord(value) && Object.hasOwn(value, jsonField) ? value[jsonField] : undefined;
  if (typeof key === 'string' && key !== '') return key;
  throw unreadable(
    `the secret ${secretId} is no JSON object with a text that is not empty in ${JSON.stringify(jsonField)}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(message: string): PipelineError {
  return new PipelineError('secret-unreadable', message);
}
