import {
  GetSecretValueCommand,
  type GetSecretValueCommandOutput,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

const secretsManager = new SecretsManagerClient({});

/** The current value of a secret. */
export async function getSecretValue(secretId: string): Promise<GetSecretValueCommandOutput> {
  return secretsManager.send(new GetSecretValueCommand({ SecretId: secretId }));
}
