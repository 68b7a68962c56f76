/** Directives that are numbers, from the largest part of a time to the smallest. */
const LARGEST_FIRST = 'YmdHMSf';

/**
 * Whether texts of a date format stand in the order of their times when they are compared as an expression compares two
 * cells. So they do where larger parts come first, as in `%Y/%m/%d %H:%M`, and where one number is all there is.
 */
export function isInTextOrder(pattern: string): boolean {
  const directives = [...pattern.matchAll(/%(-?[^])/gu)].map(([, directive]) => directive);
  // An offset at the end is what the ISO default may have too.
  if (directives.at(-1) === 'z') directives.pop();
  if (directives.length === 1) return /^-?[YymdHMSfj]$/.test(directives[0]);
  // `any` has no directives: it is several formats.
  return directives.length > 0 && LARGEST_FIRST.includes(directives.join('').replace('y', 'Y'));
}
