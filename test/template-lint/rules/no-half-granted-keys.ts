import type { Rule } from '../rule';

/** Where a customer-managed key could be named, and with it every service behind would need rights in its policy. */
const KEYS: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'KmsKeyArn',
  'AWS::Logs::LogGroup': 'KmsKeyId',
  'AWS::SQS::Queue': 'KmsMasterKeyId',
  'AWS::StepFunctions::StateMachine': 'EncryptionConfiguration',
};

export const noHalfGrantedKeys: Rule = {
  id: 'no-half-granted-keys',
  says: 'Functions, log groups, queues and state machines stay with keys of their services: a key of KMS would need rights that nobody gives.',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html',
  check: (template) =>
    template
      .ofType(...Object.keys(KEYS))
      .filter(({ type, properties }) => KEYS[type] in properties)
      .map(({ id, type }) => ({ resource: id, problem: `${KEYS[type]} is set` })),
  violations: Object.fromEntries(
    Object.entries(KEYS).map(([type, property]) => [
      `a key on ${type}`,
      (draft) => {
        draft.one(type, 'Orders').Properties[property] = 'alias/aws/any';
      },
    ]),
  ),
};
