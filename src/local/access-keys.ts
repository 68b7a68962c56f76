import { randomBytes } from 'node:crypto';
import type { Principal } from './services';

/** What a client signs with. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Temporary credentials, those of a role, carry one. */
  readonly sessionToken?: string;
}

/** Every access key of a run and whose it is: so the listener knows which role calls. */
export class AccessKeyRegistry {
  private readonly keys = new Map<string, AccessKey & { readonly principal: Principal }>();

  /** Makes a key of its own for the principal. A role's carries a session token, as AWS's do. */
  issue(principal: Principal): AccessKey {
    const temporary = principal.kind === 'role';
    const key: AccessKey = {
      accessKeyId: (temporary ? 'ASIA' : 'AKIA') + randomBytes(8).toString('hex').toUpperCase(),
      secretAccessKey: randomBytes(30).toString('base64'),
      ...(temporary && { sessionToken: randomBytes(48).toString('base64') }),
    };
    this.keys.set(key.accessKeyId, { ...key, principal });
    return key;
  }

  find(accessKeyId: string): (AccessKey & { readonly principal: Principal }) | undefined {
    return this.keys.get(accessKeyId);
  }

  /** From now on the key is unknown, as when a role's session has ended. */
  revoke(accessKeyId: string): void {
    this.keys.delete(accessKeyId);
  }
}
