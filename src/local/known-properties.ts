import { NotProvidedError, type TemplateResource } from './services';

/**
 * Refuses a resource with a property that the run neither provides nor knows to be without effect in it.
 *
 * @throws NotProvidedError naming the property and the resource
 */
export function checkProperties(resource: TemplateResource, known: readonly string[]): void {
  const { path, type, properties } = resource;
  const unknown = Object.keys(properties).find(
    (name) => properties[name] !== undefined && !known.includes(name),
  );
  if (unknown) throw new NotProvidedError(`the property ${unknown} of ${type}, used at ${path}`);
}
