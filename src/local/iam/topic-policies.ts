import { readPolicy, type Statement } from './policy';
import { checkProperties } from '../known-properties';
import type { ProvidedResource, ResourceProvider, TemplateResource } from '../services';

/** The policies of topics. */
export class TopicPolicies implements ResourceProvider {
  readonly types = ['AWS::SNS::TopicPolicy'];
  private readonly statements = new Map<string, readonly Statement[]>();

  provide(resource: TemplateResource): ProvidedResource {
    checkProperties(resource, ['PolicyDocument', 'Topics']);
    const { path, properties, logicalId } = resource;
    const statements = readPolicy(properties.PolicyDocument, 'resource', path);
    for (const topic of properties.Topics as string[]) this.statements.set(topic, statements);
    return { ref: logicalId, attributes: { Id: logicalId } };
  }

  /** Statements of the policy of the topic of that ARN. */
  of(arn: string): readonly Statement[] {
    return this.statements.get(arn) ?? [];
  }
}
