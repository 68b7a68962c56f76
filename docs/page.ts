/** A page with a note of what it is made of. */
export function page(title: string, source: string, body: string[]): string {
  const origin = `<!-- Made by docs/pages.ts from ${source}: change the table there, then "npm run docs". -->`;
  return [`# ${title}`, '', origin, '', ...body, ''].join('\n');
}

/** A table, a line of text a row. */
export function table(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
