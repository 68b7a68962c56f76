// From docs/existing-resources.md; made by "npm run docs".
import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ServerlessCsvEtl } from 'serverless-csv-etl';

declare const stack: Stack;

new ServerlessCsvEtl(stack, 'Orders', {
  bucket: s3.Bucket.fromBucketAttributes(stack, 'Data', {
    bucketName: 'my-data',
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd'),
  }),
  topic: sns.Topic.fromTopicArn(stack, 'OnCall', 'arn:aws:sns:eu-central-1:123456789012:on-call'),
  inputPrefix: 'incoming/orders/',
});
