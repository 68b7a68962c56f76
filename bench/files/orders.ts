import { type CsvFile, inChunks } from './csv-file';
import { generator } from './random';

/*
 * Orders, made up deterministically: the same size gives the same bytes everywhere. 10 columns, about 100 bytes a row,
 * 5 % of the notes quoted (with commas, doubled quotes and newlines), 1 % of the rows bad, each kind in turn.
 */

/** Rows that are bad for one reason each. A row is made bad by what is done to its cells, or to its line. */
const BAD_ROWS: ReadonlyArray<(cells: string[]) => string> = [
  (cells) => line(replaced(cells, 4, 'three')),
  (cells) => line(replaced(cells, 4, '0')),
  (cells) => line(replaced(cells, 5, '12,50 EUR')),
  (cells) => line(replaced(cells, 6, 'XXX')),
  (cells) => line(replaced(cells, 7, '2025-02-30T10:00:00Z')),
  (cells) => line(replaced(cells, 2, 'nobody at example')),
  (cells) => line(replaced(cells, 3, '')),
  (cells) => line(replaced(cells, 0, '1')),
  (cells) => line([...cells, 'surplus']),
  (cells) => line(cells.slice(0, 7)),
  () => '',
];

/** Keys of the lookup. */
export const CUSTOMERS = 10_000;

export const HEADER = [
  'order_id',
  'customer_id',
  'email',
  'product',
  'quantity',
  'unit_price',
  'currency',
  'ordered_at',
  'paid',
  'note',
];

const PRODUCTS = ['Kettle', 'Desk lamp', 'Notebook A5', 'Bicycle bell', ' Tea towel', 'Water bottle '];
const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY'];
const NOTES = ['leave at the door', 'gift', '', 'ring twice', 'none'];
const QUOTED_NOTES = ['"call first, then ring"', '"he said ""no"" twice"', '"first line\nsecond line"'];

/** Kind of mistake whose only fault is a key that was there before. */
const DUPLICATE = 7;

interface Variant {
  /** One bad row in this many. */
  readonly badEvery: number;
  /** Every cell in quotes. */
  readonly quoted: boolean;
}

function ordersOf({ badEvery, quoted }: Variant): CsvFile {
  return function* (bytes) {
    const random = generator(42);
    const counts = { rows: 0, bad: 0, duplicates: 0 };
    yield* inChunks(bytes, `${HEADER.join(',')}\n`, () => {
      counts.rows++;
      const cells = order(counts.rows, random);
      const written = quoted ? cells.map(inQuotes) : cells;
      if (counts.rows % badEvery !== 0) return `${line(written)}\n`;
      const kind = counts.bad++ % BAD_ROWS.length;
      if (kind === DUPLICATE) counts.duplicates++;
      return `${BAD_ROWS[kind](written)}\n`;
    });
    return counts;
  };
}

/** 1 % bad rows. */
export const orders = ordersOf({ badEvery: 100, quoted: false });
/** Each row has something wrong. */
export const badOrders = ordersOf({ badEvery: 1, quoted: false });
/** Each cell of a good row in quotes. */
export const quotedOrders = ordersOf({ badEvery: 100, quoted: true });

function inQuotes(cell: string): string {
  return cell.startsWith('"') ? cell : `"${cell}"`;
}

/** The lookup: a name and a tier for each customer. */
export function customers(): Buffer {
  const lines = Array.from(
    { length: CUSTOMERS },
    (_, id) => `C${id + 10_000},Customer ${id},${'ABC'[id % 3]}\n`,
  );
  return Buffer.from(`customer_id,name,tier\n${lines.join('')}`);
}

function order(id: number, random: () => number): string[] {
  const pick = <T>(list: readonly T[]): T => list[random() % list.length];
  const two = (limit: number, from = 0) => String(from + (random() % limit)).padStart(2, '0');
  const customer = random() % CUSTOMERS;
  return [
    String(id),
    `C${customer + 10_000}`,
    `customer${customer}@example.com`,
    pick(PRODUCTS),
    String(1 + (random() % 20)),
    `${random() % 1000}.${two(100)}`,
    pick(CURRENCIES),
    `20${two(6, 20)}-${two(12, 1)}-${two(28, 1)}T${two(24)}:${two(60)}:${two(60)}Z`,
    random() % 2 === 0 ? 'true' : 'false',
    random() % 20 === 0 ? pick(QUOTED_NOTES) : pick(NOTES),
  ];
}

function replaced(cells: readonly string[], index: number, cell: string): string[] {
  return cells.map((old, at) => (at === index ? (/[",\n]/.test(cell) ? `"${cell}"` : cell) : old));
}

function line(cells: readonly string[]): string {
  return cells.join(',');
}
