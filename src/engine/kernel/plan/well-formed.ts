/** Whether UTF-8 keeps a text as it is: one with half a character in it, which no file can have, it does not. */
export function isWellFormed(text: string): boolean {
  return Buffer.from(text, 'utf8').toString('utf8') === text;
}
