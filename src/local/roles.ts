import type { AccessKey, AccessKeyRegistry } from './access-keys';
import type { RolePolicies } from './iam/role-policies';
import { physicalName } from './physical-name';
import {
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  type Principal,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from './services';

/** Length of a role's name (IAM quotas). */
const MAX_ROLE_NAME = 64;

/** The roles of the template. Every user of one has an access key of its own, so that a call tells who makes it. */
export class Roles implements ResourceProvider {
  readonly types = ['AWS::IAM::Role'];
  /** Logical ids of the template's roles, by ARN. */
  private readonly names = new Map<string, string>();

  constructor(
    private readonly keys: AccessKeyRegistry,
    private readonly policies: RolePolicies,
  ) {}

  provide(resource: TemplateResource): ProvidedResource {
    const name: string = resource.properties.RoleName ?? physicalName(resource, MAX_ROLE_NAME);
    const arn = `arn:${LOCAL_PARTITION}:iam::${LOCAL_ACCOUNT}:role${resource.properties.Path ?? '/'}${name}`;
    this.policies.addRole(resource, arn);
    this.names.set(arn, resource.logicalId);
    return { ref: name, attributes: { Arn: arn, RoleId: resource.logicalId } };
  }

  /**
   * The role as a service uses it for one of its resources. A role that the template only names was made elsewhere.
   *
   * @throws AwsError AccessDenied where the role's trust policy does not allow it
   */
  principal(roleArn: string, service: string, sourceArn: string): Principal {
    this.policies.checkTrust(roleArn, service, sourceArn);
    const name = this.names.get(roleArn) ?? roleArn.slice(roleArn.lastIndexOf('/') + 1);
    return { kind: 'role', name, arn: roleArn, session: sourceArn.split(/[:/]/).at(-1)! };
  }

  /** Makes credentials that sign in the principal's name. */
  accessKey(principal: Principal): AccessKey {
    return this.keys.issue(principal);
  }
}
