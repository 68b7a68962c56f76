/** The end of an error's message that tells how many rows of the source were read before. */
const ROWS_SEEN = / \(after ([0-9]{1,15}) rows\)$/;

/**
 * The message of an error with the rows that a step had read before it. Of an error of a function the state machine gets
 * name and message alone, so the number travels in the text; a user's Validate may tell it just so.
 */
export function tellRowsSeen(message: string, rows: number): string {
  return `${message} (after ${rows} rows)`;
}

/** The rows that a message tells of, or null. */
export function rowsSeenIn(message: string): number | null {
  const told = ROWS_SEEN.exec(message);
  return told ? Number(told[1]) : null;
}
