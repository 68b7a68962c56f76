/**
 * Orders, made up deterministically: the same size gives the same bytes everywhere. 10 columns, about 116 bytes a row,
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

/** One bad row in this many. */
const BAD_EVERY = 100;

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

export interface OrderCounts {
  readonly rows: number;
  readonly bad: number;
}

/** Yields the file in chunks until it has at least the given size; returns what stands in it. */
export function* orders(bytes: number): Generator<Buffer, OrderCounts> {
  const random = generator(42);
  let text = `${HEADER.join(',')}\n`;
  let written = 0;
  let rows = 0;
  let bad = 0;
  while (written + text.length < bytes) {
    rows++;
    const cells = order(rows, random);
    text += `${rows % BAD_EVERY === 0 ? BAD_ROWS[bad++ % BAD_ROWS.length](cells) : line(cells)}\n`;
    if (text.length > 256 * 1024) {
      yield Buffer.from(text);
      written += text.length;
      text = '';
    }
  }
  yield Buffer.from(text);
  return { rows, bad };
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

/** Mulberry32: small, seeded, good enough to vary a file. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
