import type { FunctionPermissions } from './function-permissions';
import type { Statement } from './policy';
import type { TopicPolicies } from './topic-policies';
import type { S3Service } from '../s3/s3-service';
import type { SecretsService } from '../secretsmanager/secrets-service';
import type { SqsService } from '../sqs/sqs-service';

/** The services whose resources have policies of their own. */
export interface PolicyHolders {
  readonly s3: S3Service;
  readonly queues: SqsService;
  readonly permissions: FunctionPermissions;
  readonly topics: TopicPolicies;
  readonly secrets: SecretsService;
}

/** The policy of a bucket, for it and its objects, of a queue, a function, a topic or a secret. */
export function attachedPolicy(
  arn: string,
  { s3, queues, permissions, topics, secrets }: PolicyHolders,
): readonly Statement[] {
  const [, , service, , , resource = ''] = arn.split(':');
  switch (service) {
    case 's3': {
      const [bucket] = resource.split('/') as [string];
      return s3.hasBucket(bucket) ? s3.bucket(bucket).policy : [];
    }
    case 'sqs':
      return queues.policyOf(arn);
    case 'lambda':
      return permissions.all();
    case 'secretsmanager':
      return secrets.policyOf(arn);
    case 'sns':
      return topics.of(arn);
    default:
      return [];
  }
}
