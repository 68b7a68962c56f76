import { ArnFormat, type IResource, Stack, Token } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnFunction, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** How the template of one stack speaks of a resource that may stand in another. */
export interface ResourceReference {
  readonly name: string;
  readonly arn: string;
}

/*
 * A resource of another stack whose name is fixed is spoken of by that name, without an export and an import. So its
 * stack may depend on ours, and neither blocks the other's update. AWS checks none of these names when our stack is
 * deployed, so the order of deployment does not matter. A resource without a name of its own is an ordinary reference.
 */

export function bucketReference(scope: Construct, bucket: IBucket): ResourceReference {
  const child = bucket.node.defaultChild;
  const name = nameElsewhere(scope, bucket, child instanceof CfnBucket ? child.bucketName : undefined);
  if (name === undefined) return { name: bucket.bucketName, arn: bucket.bucketArn };
  return {
    name,
    arn: Stack.of(bucket).formatArn({ service: 's3', region: '', account: '', resource: name }),
  };
}

export function tableReference(scope: Construct, table: ITable): ResourceReference {
  const child = table.node.defaultChild;
  const isTable = child instanceof CfnTable || child instanceof CfnGlobalTable;
  const name = nameElsewhere(scope, table, isTable ? child.tableName : undefined);
  if (name === undefined) return { name: table.tableName, arn: table.tableArn };
  return {
    name,
    arn: Stack.of(table).formatArn({ service: 'dynamodb', resource: 'table', resourceName: name }),
  };
}

export function functionReference(scope: Construct, handler: IFunction): ResourceReference {
  const child = handler.node.defaultChild;
  const name = nameElsewhere(scope, handler, child instanceof CfnFunction ? child.functionName : undefined);
  if (name === undefined) return { name: handler.functionName, arn: handler.functionArn };
  const arn = Stack.of(handler).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { name, arn };
}

export function topicReference(scope: Construct, topic: ITopic): ResourceReference {
  const child = topic.node.defaultChild;
  const name = nameElsewhere(scope, topic, child instanceof CfnTopic ? child.topicName : undefined);
  if (name === undefined) return { name: topic.topicName, arn: topic.topicArn };
  return { name, arn: Stack.of(topic).formatArn({ service: 'sns', resource: name }) };
}

/**
 * Whether two resources cannot be one: both are made in this app, or each has a name that is known. Of a name that only
 * CloudFormation knows nothing is said.
 */
export function areSurelyDifferent<R extends IResource>(
  one: R,
  other: R,
  fixedName: (resource: R) => string | undefined,
): boolean {
  if (one === other) return false;
  if (one.node.defaultChild && other.node.defaultChild) return true;
  const [oneName, otherName] = [one, other].map(fixedName);
  return oneName !== undefined && otherName !== undefined && oneName !== otherName;
}

/** The name of a bucket, where it is known at synthesis. */
export function fixedBucketName(bucket: IBucket): string | undefined {
  const child = bucket.node.defaultChild;
  return known(child instanceof CfnBucket ? child.bucketName : bucket.bucketName);
}

/** The name of a table, where it is known at synthesis. */
export function fixedTableName(table: ITable): string | undefined {
  const child = table.node.defaultChild;
  const isTable = child instanceof CfnTable || child instanceof CfnGlobalTable;
  return known(isTable ? child.tableName : table.tableName);
}

function known(name: string | undefined): string | undefined {
  return Token.isUnresolved(name) ? undefined : name;
}

/** Whether a value can stand in any stack of the same environment: no resource or parameter is referred to. */
export function isReferenceFree(scope: Construct, value: string): boolean {
  const template = JSON.stringify(Stack.of(scope).resolve(value));
  return !/"Fn::GetAtt"|"Fn::ImportValue"|"Ref":"(?!AWS::)/.test(template);
}

/** The fixed name, where the resource is of another stack in the same environment; else undefined. */
function nameElsewhere(scope: Construct, resource: IResource, fixed: string | undefined): string | undefined {
  const own = Stack.of(scope);
  const other = Stack.of(resource);
  if (fixed === undefined || own === other || own.environment !== other.environment) return undefined;
  return other.resolve(fixed) !== undefined && isReferenceFree(other, fixed) ? fixed : undefined;
}
