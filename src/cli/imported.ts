import type { ImportedResource } from '../local/imported-resources';

/** What became of a resource that the app only imports. `secrets` are the files with values, by names of secrets. */
export function describeImported(
  { name, type, made }: ImportedResource,
  secrets: ReadonlyMap<string, string>,
): string {
  const because = `as the app only imports it: ${type} ${name}`;
  if (!made) return `not there, ${because}`;
  if (type !== 'AWS::SecretsManager::Secret') return `made empty, ${because}`;
  const file = secrets.get(name);
  if (file === undefined) {
    return `made without a value, ${because} (--secret ${name}=FILE gives it the text of a file)`;
  }
  return `made with the text of ${file}, ${because}`;
}
