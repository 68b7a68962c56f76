import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** What the military's damage classes are called in the rest of the file. */
const DAMAGE_OF_CLASS: Readonly<Record<string, string>> = { B: 'Substantial', C: 'Medium' };

/**
 * Corrects the rejects of birdstrikes.csv as a person would in a spreadsheet: damage classes by their usual names, and a
 * speed that nobody believes is taken out. The last four columns stay as they are.
 */
export function correctBirdstrikes(rejects: string): string {
  const rows: Record<string, string>[] = parse(rejects, { columns: true });
  for (const row of rows) {
    if (row._column === 'Speed IAS in knots') row['Speed IAS in knots'] = '';
    if (row._code === 'lookup-error') {
      row['Effect Amount of damage'] = DAMAGE_OF_CLASS[row['Effect Amount of damage']];
    }
  }
  return stringify(rows, { header: true });
}
