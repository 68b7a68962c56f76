import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ServerlessCsvEtl, Transform } from 'serverless-csv-etl';

/** Pipelines that hash personal data: one with its keys, and one whose secret has no value. */
export class PrivacyStack extends Stack {
  constructor(scope: Construct, id: string, environmentSuffix: string) {
    super(scope, id);
    const removalPolicy = RemovalPolicy.DESTROY;
    const key = new secretsmanager.Secret(this, 'Key', { removalPolicy });
    const members = new secretsmanager.Secret(this, 'Members', {
      generateSecretString: { secretStringTemplate: '{"user":"etl"}', generateStringKey: 'phone' },
      removalPolicy,
    });
    new ServerlessCsvEtl(this, 'Hashed', {
      environmentSuffix,
      transforms: [
        Transform.hash('email', { key }),
        Transform.hash('phone', { key: members, jsonField: 'phone' }),
        Transform.mask('name', { keepFirst: 1 }),
      ],
    });
    new CfnOutput(this, 'KeyArn', { value: key.secretArn });
    new CfnOutput(this, 'MembersArn', { value: members.secretArn });

    const empty = new secretsmanager.CfnSecret(this, 'Empty');
    new ServerlessCsvEtl(this, 'Keyless', {
      environmentSuffix,
      transforms: [
        Transform.hash('email', {
          key: secretsmanager.Secret.fromSecretCompleteArn(this, 'EmptyKey', empty.ref),
        }),
      ],
    });
  }
}
