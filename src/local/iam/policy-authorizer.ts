import { requestContext, type RequestContext } from './condition-keys';
import { denialError, denialReason, type Denial } from './denial';
import type { AccessRequest, Statement } from './policy';
import type { RolePolicies } from './role-policies';
import type { Authorizer, Journal, Principal } from '../services';

export interface PolicyAuthorizerProps {
  readonly roles: RolePolicies;
  /** Statements of the policy that is attached to the resource of that ARN, or to what holds it. */
  readonly resourcePolicy: (resourceArn: string) => readonly Statement[];
  readonly journal: Journal;
}

/**
 * Judges calls by the template's policies, as IAM does within one account: an explicit deny anywhere wins; a role needs
 * an allow of its own policies, or of a resource's that names it; a service needs one of the resource's. The person at
 * the laptop may do everything.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class PolicyAuthorizer implements Authorizer {
  constructor(private readonly props: PolicyAuthorizerProps) {}

  authorize(principal: Principal, action: string, resource: string, given: RequestContext = {}): void {
    if (principal.kind === 'user') return;
    const request = { principal, action, resource, context: requestContext(principal, given) };
    const denial = this.judge(request);
    if (!denial) return;
    const reason = denialReason(request, denial, this.lacking(request));
    this.props.journal.record({ kind: 'denied', principal: principal.name, action, resource, reason });
    throw denialError(request, denial);
  }

  /** Whether a call would be allowed. Nothing is called, and nothing noted. */
  allows(principal: Principal, action: string, resource: string, given: RequestContext = {}): boolean {
    return !this.judge({ principal, action, resource, context: requestContext(principal, given) });
  }

  private judge(request: AccessRequest): Denial | undefined {
    const { principal, resource } = request;
    const own = principal.kind === 'role' ? this.props.roles.statementsOf(principal.arn) : [];
    const identity = own.filter(({ applies }) => applies(request));
    const attached = this.props
      .resourcePolicy(resource)
      .filter(({ applies, names }) => names(principal) !== 'not' && applies(request));
    const rights = principal.kind === 'role' ? this.props.roles.rightsOf(principal.arn) : undefined;
    const limits = rights?.boundary?.filter(({ applies }) => applies(request));

    for (const [by, statements] of [
      ['identity', identity],
      ['identity', limits ?? []],
      ['resource', attached],
    ] as const) {
      const statement = statements.find(({ effect }) => effect === 'Deny');
      if (statement) return { kind: 'denied', by, statement };
    }
    // An allow for the whole account leaves it to the account's own policies.
    if (attached.some(({ names }) => names(principal) === 'person')) return undefined;
    if (principal.kind === 'service') return { kind: 'not-allowed', by: 'resource' };
    // What a role that was made elsewhere may do is written elsewhere.
    if (!rights) return undefined;
    if (identity.length === 0) return { kind: 'not-allowed', by: 'identity' };
    return limits?.length === 0 ? { kind: 'not-allowed', by: 'boundary' } : undefined;
  }

  /** Whose policy would have to allow the call. */
  private lacking({ principal, resource }: AccessRequest): string {
    if (principal.kind === 'service') return `the policy of ${resource}`;
    const used = principal.session === undefined ? '' : `, used by ${principal.session},`;
    return `the role ${this.props.roles.rightsOf(principal.arn)?.path ?? principal.name}${used}`;
  }
}
