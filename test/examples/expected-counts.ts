import * as fs from 'node:fs';
import { parse } from 'csv-parse/sync';
import { dataset } from '../../examples/typescript/datasets';

export interface ExpectedCounts {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsRejected: number;
  readonly rowsFiltered: number;
}

type Row = Readonly<Record<string, string>>;

function rows(file: string): Row[] {
  return parse(fs.readFileSync(file, 'utf8'), { columns: true, bom: true });
}

/** Counts rows by two questions asked in the pipeline's order: is it wrong, and is it wanted? */
function count(
  all: Row[],
  wrong: (row: Row) => boolean,
  wanted: (row: Row) => boolean,
  unknown: (row: Row) => boolean,
) {
  const counts = { rowsRead: all.length, rowsWritten: 0, rowsRejected: 0, rowsFiltered: 0 };
  for (const row of all) {
    if (wrong(row)) counts.rowsRejected += 1;
    else if (!wanted(row)) counts.rowsFiltered += 1;
    else if (unknown(row)) counts.rowsRejected += 1;
    else counts.rowsWritten += 1;
  }
  return counts;
}

/** Tells whether a row's key stands in an earlier row. */
function repeated(columns: string[]): (row: Row) => boolean {
  const seen = new Set<string>();
  return (row) => {
    const key = JSON.stringify(columns.map((column) => row[column]));
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  };
}

const between = (text: string, low: number, high: number) => Number(text) >= low && Number(text) <= high;
const isInteger = (text: string) => /^-?\d+$/.test(text);
const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

/** flights-airport.csv: at most 12,000 flights a year, two known airports, at least one flight a month. */
export function expectedFlights(): ExpectedCounts {
  const airports = new Set(rows(dataset('airports.csv')).map((airport) => airport.iata));
  const isRepeated = repeated(['origin', 'destination']);
  return count(
    rows(dataset('flights-airport.csv')),
    (row) =>
      ![row.origin, row.destination].every((code) => /^[A-Z0-9]{3}$/.test(code)) ||
      !isInteger(row.count) ||
      !between(row.count, 1, 12000) ||
      isRepeated(row),
    (row) => Number(row.count) >= 12,
    (row) => !airports.has(row.origin) || !airports.has(row.destination),
  );
}

/** birdstrikes.csv: plausible speed where there is one, in the air or on the runway, a known level of damage. */
export function expectedBirdstrikes(
  text = fs.readFileSync(dataset('birdstrikes.csv'), 'utf8'),
): ExpectedCounts {
  const all: Row[] = parse(text, { columns: true });
  const phases = ['Approach', 'Climb', 'Descent', 'Landing Roll', 'Parked', 'Take-off run', 'Taxi'];
  return count(
    all,
    (row) =>
      Object.entries(row).some(([column, cell]) => cell === '' && column !== 'Speed IAS in knots') ||
      row['Airport Name'].length > 60 ||
      !/^\d{4}-\d\d-\d\d$/.test(row['Flight Date']) ||
      row['Flight Date'] < '1990-01-01' ||
      !phases.includes(row['Phase of flight']) ||
      !['Small', 'Medium', 'Large'].includes(row['Wildlife Size']) ||
      !['Dawn', 'Day', 'Dusk', 'Night'].includes(row['Time of day']) ||
      ['Cost Other', 'Cost Repair', 'Cost Total $'].some(
        (cost) => !isNumber(row[cost]) || Number(row[cost]) < 0,
      ) ||
      (row['Speed IAS in knots'] !== '' && !between(row['Speed IAS in knots'], 0, 300)),
    (row) => row['Phase of flight'] !== 'Parked' && row['Phase of flight'] !== 'Taxi',
    (row) => !['None', 'Minor', 'Medium', 'Substantial'].includes(row['Effect Amount of damage']),
  );
}

/** zipcodes.csv: five digits each once, inside the states and the Caribbean, a city written as a name. */
export function expectedZipcodes(): ExpectedCounts {
  const isRepeated = repeated(['zip_code']);
  return count(
    rows(dataset('zipcodes.csv')),
    (row) =>
      Object.values(row).some((cell) => cell === '') ||
      !/^\d{5}$/.test(row.zip_code) ||
      !between(row.latitude, 17, 72) ||
      !between(row.longitude, -180, -64) ||
      !row.city.split(/[ '-]/).every((word) => /^[A-Z]?[a-z]*$/.test(word)) ||
      !/^[A-Z]{2}$/.test(row.state) ||
      isRepeated(row),
    () => true,
    () => false,
  );
}
