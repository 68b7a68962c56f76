const compiled = new Map<string, RegExp>();

/** Whether a text fits a pattern in which `*` stands for any characters and `?` for one. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    expression = new RegExp(`^${source}$`, 's');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/** Parts of an ARN; the last holds whatever stands behind the account, colons included. */
const ARN_PARTS = 6;

/**
 * Whether an ARN fits a pattern. Wildcards stay within the parts between colons, but for the last part, which runs to
 * the end; `*` by itself is every resource.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const patterns = partsOf(pattern);
  const parts = partsOf(arn);
  return (
    patterns.length === ARN_PARTS &&
    parts.length === ARN_PARTS &&
    patterns.every((each, index) => matchesWildcard(each, parts[index]!))
  );
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= ARN_PARTS
    ? parts
    : [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}
