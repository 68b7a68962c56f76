import type { AccessKey, AccessKeyRegistry } from './access-keys';
import { physicalName } from './physical-name';
import {
  LOCAL_ACCOUNT,
  LOCAL_PARTITION,
  type Authorizer,
  type Principal,
  type ProvidedResource,
  type ResourceProvider,
  type TemplateResource,
} from './services';

/** Length of a role's name (IAM quotas). */
const MAX_ROLE_NAME = 64;

/** The roles of the template. Each has an access key of its own, so that a call tells on whose behalf it is made. */
export class Roles implements ResourceProvider {
  readonly types = ['AWS::IAM::Role'];
  private readonly byArn = new Map<string, { readonly principal: Principal; readonly key: AccessKey }>();

  constructor(private readonly keys: AccessKeyRegistry) {}

  provide(resource: TemplateResource): ProvidedResource {
    const name: string = resource.properties.RoleName ?? physicalName(resource, MAX_ROLE_NAME);
    const arn = `arn:${LOCAL_PARTITION}:iam::${LOCAL_ACCOUNT}:role${resource.properties.Path ?? '/'}${name}`;
    this.add(arn, resource.logicalId);
    return { ref: name, attributes: { Arn: arn, RoleId: resource.logicalId } };
  }

  principal(roleArn: string): Principal {
    return this.get(roleArn).principal;
  }

  accessKey(roleArn: string): AccessKey {
    return this.get(roleArn).key;
  }

  /** A role that the template only names was made elsewhere: here it exists as soon as it is used. */
  private get(arn: string): { readonly principal: Principal; readonly key: AccessKey } {
    return this.byArn.get(arn) ?? this.add(arn, arn.slice(arn.lastIndexOf('/') + 1));
  }

  private add(arn: string, name: string): { readonly principal: Principal; readonly key: AccessKey } {
    const principal: Principal = { kind: 'role', name, arn };
    const role = { principal, key: this.keys.issue(principal) };
    this.byArn.set(arn, role);
    return role;
  }
}

/** Lets every call through. The template's policies are not judged. */
export const ALLOW_ALL: Authorizer = { authorize: () => {} };
