/** What AWS demands, or does, that no template shows, and the test that holds it. */
export interface HeldElsewhere {
  readonly says: string;
  readonly source: string;
  /** File below test/, and the title of a test in it. */
  readonly heldBy: readonly (readonly [string, string])[];
}

export const HELD_ELSEWHERE: readonly HeldElsewhere[] = [
  {
    says: 'A name that is fixed differs between paths, stacks and environments.',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html',
    heldBy: [
      ['names.test.ts', 'differs between paths that read the same'],
      ['names.test.ts', 'differs between stacks of one id that are deployed under two names'],
    ],
  },
  {
    says: "A user's feature flags change only what they are known to change.",
    source: 'https://docs.aws.amazon.com/cdk/v2/guide/featureflags.html',
    heldBy: [
      [
        'template-lint/feature-flags.test.ts',
        'all recommended feature flags change the template as recorded',
      ],
      [
        'template-lint/feature-flags.test.ts',
        'the template does not depend on how CDK adds policies to roles',
      ],
    ],
  },
  {
    says: 'A new account runs ten functions at once: more wait for their turn.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
    heldBy: [
      ['state-machine-definition.test.ts', 'waits for a free place among the concurrent executions'],
      ['local/lambda/async.test.ts', 'waits for its turn while ten others run'],
    ],
  },
  {
    says: 'S3 answers 403, not 404, for an absent key to whoever may not list.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html',
    heldBy: [['local/s3/events.test.ts', 'gets 403 instead of 404 for what is not there']],
  },
  {
    says: 'A conditional write answers 404 where nothing is, 412 for another ETag, 409 in a race.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
    heldBy: [
      ['local/s3/writes.test.ts', 'with If-Match finds 404 where nothing is'],
      ['local/s3/writes.test.ts', 'takes a delete marker for nothing'],
      [
        'handlers/finish/publication.test.ts',
        'copies a large output in parts, with a new upload after a conflict',
      ],
      [
        'handlers/finish/publication.test.ts',
        'does nothing where an earlier try of the same commit has published',
      ],
      ['handlers/objects/object-copy.test.ts', 'sees an error inside an answer of status 200'],
    ],
  },
  {
    says: 'Events come at least once and in any order, with keys in an encoding of their own, and sometimes as a test.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html',
    heldBy: [
      ['e2e/identity.test.ts', 'runs once when the same event arrives twenty times at once'],
      ['e2e/identity.test.ts', 'ignores the test event that S3 sends when a notification is set up'],
      [
        'handlers/finish/publication.test.ts',
        'lets the newest of many versions stay, whichever is published last',
      ],
      ['handlers/object-key.test.ts', 'gives back any key that S3 encoded in an event'],
    ],
  },
  {
    says: 'An execution has a name of at most 80 characters, which stays taken for 90 days after it has ended.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html',
    heldBy: [
      ['handlers/jobs/job-identity.test.ts', 'can be an execution name, also as a replay'],
      [
        'handlers/trigger.lambda.test.ts',
        'takes an execution of that name that has ended for the one it wanted to start',
      ],
    ],
  },
  {
    says: 'A global index lags behind, so it is not what a decision rests on; writes are conditional.',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html',
    heldBy: [
      ['handlers/jobs/job-store.test.ts', 'holds, whatever comes in whatever order, that no write goes back'],
    ],
  },
  {
    says: 'Reserved words of DynamoDB need an alias in the expressions of functions, too.',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html',
    heldBy: [
      ['local/dynamodb/dynamodb.test.ts', 'refuses reserved words that are not aliased, as DynamoDB does'],
    ],
  },
  {
    says: 'A job id in the path of a request holds no slash.',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
    heldBy: [['handlers/api/api.test.ts', 'answers 404 where there is no such job']],
  },
  {
    says: 'Metrics in embedded metric format stand in lines of standard output, their values at the root.',
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html',
    heldBy: [
      ['handlers/metrics.test.ts', 'writes metrics in embedded metric format, their values at the root'],
    ],
  },
  {
    says: 'Node 24 on Lambda refuses handlers with a callback.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html',
    heldBy: [['handlers/bundles.test.ts', 'exports an async handler without a callback']],
  },
  {
    says: 'An asynchronous event is tried three times, then goes to the dead-letter queue.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
    heldBy: [
      [
        'local/lambda/async.test.ts',
        'is tried three times under one request id, then goes to the dead-letter queue',
      ],
    ],
  },
  {
    says: 'While a stack is updated, running executions send messages of the release before.',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-read-consistency.html',
    heldBy: [['handlers/steps/step-input.test.ts', 'leaves members alone that a later release may add']],
  },
];
