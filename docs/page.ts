/** A page with a note of what it is made of, and how. */
export function page(
  title: string,
  source: string,
  body: string[],
  made = { by: 'docs/pages.ts', how: 'npm run docs' },
): string {
  const origin = `<!-- Made by ${made.by} from ${source}: change the table there, then "${made.how}". -->`;
  return [`# ${title}`, '', origin, '', ...body, ''].join('\n');
}

/** A table, a line of text a row. */
export function table(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
