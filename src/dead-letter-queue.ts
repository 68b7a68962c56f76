import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { MAX_NAME_LENGTH, physicalName } from './names';

/**
 * Keeps, for 14 days, the events that a function did not handle. Encrypted with keys of SQS itself: EventBridge cannot
 * send to a queue under an AWS-managed KMS key.
 */
export class DeadLetterQueue extends sqs.Queue {
  constructor(scope: Construct, id: string, environmentSuffix: string) {
    super(scope, id, {
      queueName: physicalName(scope, environmentSuffix, MAX_NAME_LENGTH.queue, id),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
