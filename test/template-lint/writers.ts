import type { RenderedTemplate } from './rendered-template';
import type { Finding } from './rule';

/** Roles that may write objects, and lack an action on them; of the objects that a rule is about. */
export function writersWithout(
  template: RenderedTemplate,
  action: string,
  isMeant: (resource: string) => boolean,
): Finding[] {
  return template.actors().flatMap(({ role }) =>
    template
      .statementsOf(role)
      .filter(({ actions }) => actions.includes('s3:PutObject'))
      .flatMap(({ resources }) => resources)
      .filter(isMeant)
      .filter((resource) => !template.allows(role, action, resource))
      .map((resource) => ({ resource: role.id, problem: `lacks ${action} on ${resource}` })),
  );
}
