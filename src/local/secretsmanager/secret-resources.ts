import { readPolicy } from '../iam/policy';
import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import type { ProvidedResource, ResourceProvider, TemplateResource } from '../services';
import { generateSecret } from './generate-secret';
import type { SecretsService } from './secrets-service';

/** Makes the secrets of the template, with the values that it gives or lets generate, and keeps their policies. */
export class SecretResources implements ResourceProvider {
  readonly types = ['AWS::SecretsManager::ResourcePolicy', 'AWS::SecretsManager::Secret'];

  constructor(private readonly secrets: SecretsService) {}

  provide(resource: TemplateResource): ProvidedResource {
    return resource.type === 'AWS::SecretsManager::Secret' ? this.secret(resource) : this.policy(resource);
  }

  private secret(resource: TemplateResource): ProvidedResource {
    checkProperties(resource, [
      'Description',
      'GenerateSecretString',
      // Nothing is encrypted at rest on a laptop.
      'KmsKeyId',
      'Name',
      'ReplicaRegions',
      'SecretString',
      'Tags',
    ]);
    const { GenerateSecretString, Name, SecretString } = resource.properties;
    const { arn, name } = this.secrets.create(Name ?? physicalName(resource, 512));
    const text = SecretString ?? (GenerateSecretString && generateSecret(GenerateSecretString));
    if (text !== undefined) this.secrets.put(name, { SecretString: text });
    return { ref: arn, attributes: { Id: arn } };
  }

  private policy(resource: TemplateResource): ProvidedResource {
    checkProperties(resource, ['BlockPublicPolicy', 'ResourcePolicy', 'SecretId']);
    const { ResourcePolicy, SecretId } = resource.properties;
    this.secrets.setPolicy(SecretId, readPolicy(ResourcePolicy, 'resource', resource.path));
    return { ref: SecretId, attributes: { Id: SecretId } };
  }
}
