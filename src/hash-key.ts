import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { constructError } from './construct-error';
import { allow } from './rights';
import { ENV } from './shared/environment';
import type { HashKeySource } from './shared/hash-key-source';

/** The key of a hash: a secret, or a member of one. */
export interface HashKey {
  readonly secret: secretsmanager.ISecret;
  readonly jsonField?: string;
}

/** Keys by the names that they have in the spec. */
export type NamedHashKeys = ReadonlyMap<string, HashKey>;

/** What the keys may take of a function's environment, which holds 4 KB. */
const MOST_BYTES = 3500;
/** Bytes of the ARN of a secret at most, since its name has up to 512 characters. */
const ARN_BYTES = 600;

/**
 * What the spec calls a key: the path of its construct, which stays the same while the stack is updated. So a job that began
 * before an update finds the key that it began with, or none, and never another one.
 */
export function hashKeyName({ secret, jsonField }: HashKey): string {
  return jsonField === undefined ? secret.node.path : `${secret.node.path}#${jsonField}`;
}

/** Where a function finds the keys: nothing of them but names and ARNs. */
export function hashKeyEnvironment(scope: Construct, keys: NamedHashKeys): Record<string, string> {
  if (keys.size === 0) return {};
  const bytes = [...keys.keys()].reduce((sum, name) => sum + Buffer.byteLength(name) + ARN_BYTES, 0);
  if (bytes > MOST_BYTES) {
    throw constructError(
      scope,
      `transforms: got ${keys.size} different keys of hashes, whose paths and ARNs can take ${bytes} bytes of the ` +
        `function's environment, expected at most ${MOST_BYTES}`,
    );
  }
  const sources = [...keys].map(([name, { secret, jsonField }]): [string, HashKeySource] => [
    name,
    { secretId: secret.secretArn, ...(jsonField !== undefined && { jsonField }) },
  ]);
  return { [ENV.hashKeys]: Stack.of(scope).toJsonString(Object.fromEntries(sources)) };
}

/** The right to read these secrets, and to decrypt those whose key of one's own is known. */
export function hashKeyStatements(scope: Construct, keys: NamedHashKeys): iam.PolicyStatement[] {
  const secrets = [...new Set([...keys.values()].map(({ secret }) => secret))];
  return secrets.flatMap((secret) => [
    // Secrets Manager puts six characters behind a name; of a secret that is imported by name they are not known.
    allow(['secretsmanager:GetSecretValue'], [secret.secretFullArn ?? `${secret.secretArn}-??????`]),
    ...(secret.encryptionKey ? [decryptStatement(scope, secret.encryptionKey.keyArn)] : []),
  ]);
}

function decryptStatement(scope: Construct, keyArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(scope).region}.amazonaws.com` },
    },
  });
}
