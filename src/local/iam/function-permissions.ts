import { readPolicy, type Statement } from './policy';
import { checkProperties } from '../known-properties';
import { LOCAL_ACCOUNT, LOCAL_PARTITION, LOCAL_REGION, type TemplateResource } from '../services';

/** The policies of functions, which the template writes as AWS::Lambda::Permission. */
export class FunctionPermissions {
  private readonly statements: Statement[] = [];

  /** @throws NotProvidedError for what a permission can say beyond its caller and where the call comes from */
  add(resource: TemplateResource): void {
    checkProperties(resource, ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn']);
    const { path, properties } = resource;
    const { Action, FunctionName, Principal, SourceAccount, SourceArn } = properties;
    const statement = {
      Effect: 'Allow',
      Principal: /\.amazonaws\.com$/.test(Principal) ? { Service: Principal } : { AWS: Principal },
      Action,
      Resource: functionArn(FunctionName),
      Condition: {
        ...(SourceArn !== undefined && { ArnLike: { 'aws:SourceArn': SourceArn } }),
        ...(SourceAccount !== undefined && { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
      },
    };
    this.statements.push(...readPolicy({ Statement: statement }, 'resource', path));
  }

  /** Of all functions: each statement names the one that it is about. */
  all(): readonly Statement[] {
    return this.statements;
  }
}

function functionArn(name: string): string {
  if (name.startsWith('arn:')) return name;
  return `arn:${LOCAL_PARTITION}:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT}:function:${name}`;
}
