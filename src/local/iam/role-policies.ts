import { requestContext } from './condition-keys';
import { managedByAws } from './managed-policies';
import { readPolicy, type Statement } from './policy';
import { checkProperties } from '../known-properties';
import { physicalName } from '../physical-name';
import {
  AwsError,
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  type Principal,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from '../services';

/** What a role of the template may do, and for whom. */
export interface RoleRights {
  /** Construct path of the role. */
  readonly path: string;
  /** Of all policies of the role. */
  readonly statements: readonly Statement[];
  /** What it may do at most, where it has a permissions boundary. */
  readonly boundary?: readonly Statement[];
  /** Who may assume it. */
  readonly trust: readonly Statement[];
}

const ROLE_PROPERTIES = [
  'AssumeRolePolicyDocument',
  'ManagedPolicyArns',
  'Path',
  'PermissionsBoundary',
  'Policies',
  'RoleName',
  'Description',
  'MaxSessionDuration',
  'Tags',
];

/** The policies of the template's roles, inline, attached and managed. */
export class RolePolicies implements ResourceProvider {
  readonly types = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];
  private readonly roles = new Map<string, Omit<RoleRights, 'statements'> & { readonly own: Statement[] }>();
  /** Statements that policies give to roles, by the role's name: a policy may be made before its role is known. */
  private readonly attached = new Map<string, Statement[]>();
  private readonly managed = new Map<string, Statement[]>();

  /** Reads the policies that stand in a role itself. @throws NotProvidedError */
  addRole(resource: TemplateResource, arn: string): void {
    checkProperties(resource, ROLE_PROPERTIES);
    const { path, properties } = resource;
    const inline = (properties.Policies ?? []) as { PolicyName: string; PolicyDocument: unknown }[];
    const managed = (properties.ManagedPolicyArns ?? []) as string[];
    this.roles.set(arn, {
      path,
      own: [
        ...inline.flatMap(({ PolicyName, PolicyDocument }) =>
          readPolicy(PolicyDocument, 'identity', `the policy ${PolicyName} of ${path}`),
        ),
        ...managed.flatMap((policyArn) => this.managedPolicy(policyArn, path)),
      ],
      boundary:
        properties.PermissionsBoundary === undefined
          ? undefined
          : this.managedPolicy(properties.PermissionsBoundary as string, path),
      trust: readPolicy(properties.AssumeRolePolicyDocument, 'trust', `the trust policy of ${path}`),
    });
  }

  provide(resource: TemplateResource): ProvidedResource {
    const { path, properties, logicalId } = resource;
    const statements = readPolicy(properties.PolicyDocument, 'identity', path);
    const { Roles = [], RoleName } = properties as { Roles?: string[]; RoleName?: string };
    for (const role of RoleName === undefined ? Roles : [RoleName]) {
      this.attached.set(role, [...(this.attached.get(role) ?? []), ...statements]);
    }
    if (resource.type !== 'AWS::IAM::ManagedPolicy') {
      return { ref: properties.PolicyName, attributes: { Id: logicalId } };
    }
    const name = `${properties.Path ?? '/'}${properties.ManagedPolicyName ?? physicalName(resource, 128)}`;
    const policyArn = `arn:${LOCAL_PARTITION}:iam::${LOCAL_ACCOUNT}:policy${name}`;
    this.managed.set(policyArn, statements);
    return { ref: policyArn, attributes: { PolicyArn: policyArn } };
  }

  /** ARN of the template's role of that construct path. @throws Error */
  arnOf(path: string): string {
    const found = [...this.roles].find(([, role]) => role.path === path || role.path === `${path}/Resource`);
    if (!found) throw new Error(`the run has no role ${path}`);
    return found[0];
  }

  /** What the template gives to the role. Of one that was made elsewhere only what the template attaches to it. */
  statementsOf(roleArn: string): readonly Statement[] {
    const attached = this.attached.get(roleArn.slice(roleArn.lastIndexOf('/') + 1)) ?? [];
    return [...(this.roles.get(roleArn)?.own ?? []), ...attached];
  }

  /** All that is known of a role; undefined for one that was made elsewhere. */
  rightsOf(roleArn: string): RoleRights | undefined {
    const role = this.roles.get(roleArn);
    return role && { ...role, statements: this.statementsOf(roleArn) };
  }

  /**
   * Asks whether a service may act in the name of a role, on behalf of a resource of its own.
   *
   * @throws AwsError AccessDenied that names the statement that is missing
   */
  checkTrust(roleArn: string, service: string, sourceArn: string): void {
    const role = this.roles.get(roleArn);
    if (!role) return;
    const principal: Principal = { kind: 'service', name: service, arn: sourceArn };
    const request = {
      principal,
      action: 'sts:AssumeRole',
      resource: roleArn,
      context: requestContext(principal, {}),
    };
    const found = role.trust.filter(
      (statement) => statement.names(principal) === 'person' && statement.applies(request),
    );
    if (found.length > 0 && found.every(({ effect }) => effect === 'Allow')) return;
    const missing = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
    const denied = found.find(({ effect }) => effect === 'Deny');
    throw new AwsError(
      'AccessDenied',
      `${service} may not assume the role ${role.path} for ${sourceArn}: ${
        denied ? `${denied.place} denies it` : `its trust policy lacks ${JSON.stringify(missing)}`
      }`,
      403,
    );
  }

  private managedPolicy(policyArn: string, path: string): Statement[] {
    return this.managed.get(policyArn) ?? managedByAws(policyArn, path);
  }
}
