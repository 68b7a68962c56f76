/** Number of letters to add, take away, change or swap to turn one name into the other (optimal string alignment). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      current[j] = Math.min(last[j] + 1, current[j - 1] + 1, last[j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}

/** Letters in their order without case, blanks, hyphens and underscores: `min_length` is `minLength`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** The known name that an unknown one was most likely meant to be; undefined where none is near. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  const near = known
    .map((candidate) => ({ candidate, letters: distance(plain(name), plain(candidate)) }))
    .filter(({ candidate, letters }) => letters <= (candidate.length > 4 ? 2 : 1))
    .sort((a, b) => a.letters - b.letters);
  return near[0]?.candidate;
}
