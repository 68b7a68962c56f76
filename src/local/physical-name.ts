import { createHash } from 'node:crypto';
import type { TemplateResource } from './services';

/** The name that CloudFormation would make up: stack, logical id and a suffix of its own, within the type's limit. */
export function physicalName(resource: TemplateResource, maxLength: number): string {
  const suffix = createHash('sha256')
    .update(`${resource.stackName}/${resource.logicalId}`)
    .digest('hex')
    .slice(0, 12);
  const room = maxLength - suffix.length - 1;
  return `${`${resource.stackName}-${resource.logicalId}`.slice(0, room)}-${suffix}`;
}
