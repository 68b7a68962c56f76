import { Duration, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EtlBucket, type EtlBucketProps } from '../src';
import { errorOf, resourceOfType, resourcesOfType, templateOf } from './synthesis';

const bucketOf = (props?: EtlBucketProps) =>
  resourceOfType(
    templateOf((stack) => new EtlBucket(stack, 'Data', props)),
    'AWS::S3::Bucket',
  );

const messageOf = (props: EtlBucketProps) => errorOf((stack) => new EtlBucket(stack, 'Data', props));

describe('the bucket that is made', () => {
  it('is versioned, encrypted and closed to the public', () => {
    expect(bucketOf().Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('refuses requests without TLS', () => {
    templateOf((stack) => new EtlBucket(stack, 'Data')).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  it('forgets sources after 30 days, rejects after 90, staging after 1, and old versions of all', () => {
    expect(bucketOf().Properties.LifecycleConfiguration.Rules).toEqual([
      { Id: 'raw', Prefix: 'raw/', ExpirationInDays: 30, Status: 'Enabled' },
      { Id: 'failed', Prefix: 'failed/', ExpirationInDays: 90, Status: 'Enabled' },
      {
        Id: 'staging',
        Prefix: 'staging/',
        ExpirationInDays: 1,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        Status: 'Enabled',
      },
      {
        Id: 'leftovers',
        NoncurrentVersionExpiration: { NoncurrentDays: 7 },
        ExpiredObjectDeleteMarker: true,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Status: 'Enabled',
      },
    ]);
  });

  it('takes other retentions, and another input prefix', () => {
    const rules = bucketOf({
      inputPrefix: 'incoming/csv/',
      rawRetention: Duration.days(1),
      failedRetention: Duration.days(2),
      stagingRetention: Duration.hours(72),
      noncurrentVersionRetention: Duration.days(4),
    }).Properties.LifecycleConfiguration.Rules;
    expect(rules[0]).toMatchObject({ Prefix: 'incoming/csv/', ExpirationInDays: 1 });
    expect(rules.map((rule: any) => rule.ExpirationInDays)).toEqual([1, 2, 3, undefined]);
    expect(rules[3].NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 4 });
  });

  it('goes with its objects when the stack goes', () => {
    const template = templateOf((stack) => new EtlBucket(stack, 'Data'));
    expect(resourceOfType(template, 'AWS::S3::Bucket').DeletionPolicy).toBe('Delete');
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
  });

  it('stays with its objects where it is told to', () => {
    const template = templateOf(
      (stack) => new EtlBucket(stack, 'Data', { removalPolicy: RemovalPolicy.RETAIN }),
    );
    expect(resourceOfType(template, 'AWS::S3::Bucket').DeletionPolicy).toBe('Retain');
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
  });

  it('sends events to EventBridge where it is told to', () => {
    const template = templateOf((stack) => {
      expect(new EtlBucket(stack, 'Data', { eventBridgeEnabled: true }).eventBridgeEnabled).toBe(true);
    });
    template.hasResourceProperties('Custom::S3BucketNotifications', {
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    });
  });

  it('carries path, suffix, account and region in its name', () => {
    const [separator, parts] = bucketOf({ environmentSuffix: 'test' }).Properties.BucketName['Fn::Join'];
    expect(separator).toBe('');
    expect(parts[0]).toMatch(/^shop-data-test-[0-9a-f]{8}-$/);
    expect(parts.slice(1)).toEqual([{ Ref: 'AWS::AccountId' }, '-', { Ref: 'AWS::Region' }]);
  });
});

describe('a bucket that is passed in', () => {
  it('without versioning is warned about, since no job could succeed', () => {
    templateOf((stack) => {
      new EtlBucket(stack, 'Versioned', { bucket: new s3.Bucket(stack, 'Good', { versioned: true }) });
      new EtlBucket(stack, 'Data', { bucket: new s3.Bucket(stack, 'Bad') });
      expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toHaveLength(1);
      Annotations.fromStack(stack).hasWarning(
        '/Shop/Data',
        Match.stringLikeRegexp('the bucket Shop/Bad is not versioned: every job ends as FAILED'),
      );
    });
  });

  it('is used as it is', () => {
    const template = templateOf((stack) => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Existing', 'existing');
      expect(new EtlBucket(stack, 'Data', { bucket }).bucket).toBe(bucket);
    });
    template.resourceCountIs('AWS::S3::Bucket', 0);
  });

  it.each(['rawRetention', 'failedRetention', 'stagingRetention', 'noncurrentVersionRetention'])(
    'cannot be given %s',
    (prop) => {
      const message = errorOf((stack) => {
        const bucket = s3.Bucket.fromBucketName(stack, 'Existing', 'existing');
        new EtlBucket(stack, 'Data', { bucket, [prop]: Duration.days(5) });
      });
      expect(message).toBe(
        `Shop/Data: ${prop} cannot be set on a bucket that is passed in; set it where that bucket is made`,
      );
    },
  );
});

describe('grants', () => {
  const statementsOf = (grant: (bucket: EtlBucket, user: iam.User) => iam.Grant, key = false) => {
    const template = templateOf((stack) => {
      const encryptionKey = key ? kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) : undefined;
      const bucket = s3.Bucket.fromBucketAttributes(stack, 'Existing', {
        bucketName: 'existing',
        encryptionKey,
      });
      const user = new iam.User(stack, 'User');
      grant(new EtlBucket(stack, 'Data', { bucket }), user).assertSuccess();
    });
    return resourceOfType(template, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement.map(
      ({ Action, Resource, Condition }: any) => [
        Action,
        JSON.stringify(Resource).replace(/.*:s3:::|"\]\]\}|"$/g, ''),
        ...(Condition ? [Condition] : []),
      ],
    );
  };
  const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/one';

  it.each([
    ['raw', (bucket: EtlBucket, user: iam.User) => bucket.grantReadRaw(user)],
    ['processed', (bucket: EtlBucket, user: iam.User) => bucket.grantReadProcessed(user)],
    ['failed', (bucket: EtlBucket, user: iam.User) => bucket.grantReadFailed(user)],
    ['reports', (bucket: EtlBucket, user: iam.User) => bucket.grantReadReports(user)],
  ])('to read %s reach no other prefix', (prefix, grant) => {
    expect(statementsOf(grant)).toEqual([
      ['s3:ListBucket', 'existing', { StringLike: { 's3:prefix': `${prefix}/*` } }],
      [['s3:GetObject', 's3:GetObjectVersion'], `existing/${prefix}/*`],
    ]);
  });

  it.each([
    ['raw', (bucket: EtlBucket, user: iam.User) => bucket.grantPutRaw(user)],
    ['reference', (bucket: EtlBucket, user: iam.User) => bucket.grantPutReference(user)],
  ])('to put under %s neither read nor delete', (prefix, grant) => {
    expect(statementsOf(grant)).toEqual([
      [['s3:PutObject', 's3:AbortMultipartUpload'], `existing/${prefix}/*`],
    ]);
  });

  it('to read do not reach a listing of the whole bucket, which names no prefix', () => {
    expect(JSON.stringify(statementsOf((bucket, user) => bucket.grantReadRaw(user)))).not.toContain(
      'IfExists',
    );
  });

  it('to read with a key let it decrypt and not encrypt', () => {
    const statements = statementsOf((bucket, user) => bucket.grantReadProcessed(user), true);
    expect(statements).toContainEqual(['kms:Decrypt', `"${KEY_ARN}`]);
    expect(JSON.stringify(statements)).not.toContain('GenerateDataKey');
  });

  it('to put reach the key of a bucket that has one', () => {
    expect(statementsOf((bucket, user) => bucket.grantPutRaw(user), true)).toContainEqual([
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      `"${KEY_ARN}`,
    ]);
  });
});

describe('wrong props', () => {
  it.each([
    ['zero', Duration.days(0), '0 days'],
    ['part of a day', Duration.hours(36), '1 day 12 hours'],
  ])('a retention of %s is refused', (_, rawRetention, got) => {
    expect(messageOf({ rawRetention })).toBe(
      `Shop/Data: rawRetention must be a whole number of days, at least 1, got ${got}`,
    );
  });

  it.each(['failedRetention', 'stagingRetention', 'noncurrentVersionRetention'])(
    '%s is checked, too',
    (prop) => {
      expect(messageOf({ [prop]: Duration.minutes(5) })).toBe(
        `Shop/Data: ${prop} must be a whole number of days, at least 1, got 5 minutes`,
      );
    },
  );

  it.each(['raw', '/raw/', '', 'raw*/', 'raw?/', '$raw/', 'raw\\/'])(
    'the input prefix cannot be %j',
    (inputPrefix) => {
      expect(messageOf({ inputPrefix })).toBe(
        `Shop/Data: inputPrefix must end with a slash, not begin with one, and hold no *, ?, $ or backslash, got ${JSON.stringify(inputPrefix)}`,
      );
    },
  );

  it.each(['processed/', 'failed/x/', 'staging/', 'reference/', 'reports/'])(
    'the input prefix cannot be %s, where the pipeline writes itself',
    (inputPrefix) => {
      const other = `${inputPrefix.split('/')[0]}/`;
      expect(messageOf({ inputPrefix })).toBe(
        `Shop/Data: inputPrefix must not overlap with ${other}, which the pipeline uses itself, got "${inputPrefix}"`,
      );
    },
  );

  it('tokens are not refused', () => {
    const rules = bucketOf({
      inputPrefix: Lazy.string({ produce: () => 'late/' }),
      rawRetention: Duration.days(Token.asNumber({ Ref: 'Days' })),
    }).Properties.LifecycleConfiguration.Rules;
    expect(rules[0]).toMatchObject({ Prefix: 'late/', ExpirationInDays: { Ref: 'Days' } });
  });
});

it('two buckets in one stack have names of their own', () => {
  const template = templateOf((stack) => {
    new EtlBucket(stack, 'One');
    new EtlBucket(stack, 'Two');
    expect(Stack.of(stack)).toBe(stack);
  });
  const names = resourcesOfType(template, 'AWS::S3::Bucket').map(({ Properties }) =>
    JSON.stringify(Properties.BucketName),
  );
  expect(new Set(names).size).toBe(2);
});
