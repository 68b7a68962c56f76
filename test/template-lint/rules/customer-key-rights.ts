import type { RenderedResource, RenderedTemplate } from '../rendered-template';
import type { Finding, Rule } from '../rule';

/** What a role needs of the key of a bucket, table or secret, by what it may do there. */
const NEEDS: readonly (readonly [string, readonly string[]])[] = [
  ['s3:GetObject', ['kms:Decrypt']],
  ['s3:GetObjectVersion', ['kms:Decrypt']],
  // Decrypt for the parts of a multipart upload when they are put together.
  ['s3:PutObject', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ['dynamodb:GetItem', ['kms:Decrypt']],
  ['dynamodb:PutItem', ['kms:Decrypt']],
  ['dynamodb:UpdateItem', ['kms:Decrypt']],
  ['dynamodb:Query', ['kms:Decrypt']],
  ['secretsmanager:GetSecretValue', ['kms:Decrypt']],
];

const STORES = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'];

export const customerKeyRights: Rule = {
  id: 'customer-key-rights',
  says: 'Whoever may read or write in a bucket or table, or read a secret, under a customer-managed key may use that key.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  violated: 'customer-managed keys',
  check: (template) =>
    template.ofType(...STORES).flatMap((store) => {
      const key = template.ofType('AWS::KMS::Key').find((each) => template.arn(each) === keyOf(store));
      return key ? template.actors().flatMap(({ role }) => missing(template, role, store, key)) : [];
    }),
  violations: {
    'a step cannot decrypt what it reads': (draft) => draft.forbid('ValidateRole', 'kms:Decrypt'),
    'a step cannot encrypt what it writes': (draft) => draft.forbid('EnrichRole', 'kms:GenerateDataKey'),
    'a hash cannot decrypt its key': (draft) => {
      const ofSecret = draft.lastStatement('TransformRole', 'kms:Decrypt');
      ofSecret.Action = [];
    },
    'the state machine cannot write the status': (draft) => draft.forbid('WorkflowRole', 'kms:Decrypt'),
  },
};

function keyOf({ type, properties }: RenderedResource): string | undefined {
  if (type === 'AWS::DynamoDB::Table') return properties.SSESpecification?.KMSMasterKeyId;
  if (type === 'AWS::SecretsManager::Secret') return properties.KmsKeyId;
  const [rule] = properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  return rule?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
}

function missing(
  template: RenderedTemplate,
  role: RenderedResource,
  store: RenderedResource,
  key: RenderedResource,
): Finding[] {
  const inStore = template
    .statementsOf(role)
    .filter(({ resources }) => resources.some((resource) => resource.startsWith(template.arn(store))))
    .flatMap(({ actions }) => actions);
  const needed = new Set(NEEDS.filter(([action]) => inStore.includes(action)).flatMap(([, needs]) => needs));
  return [...needed]
    .filter((action) => !template.allows(role, action, template.arn(key)))
    .map((action) => ({ resource: role.id, problem: `lacks ${action} on ${key.id}` }));
}
