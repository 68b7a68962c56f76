import { createReadStream } from 'node:fs';
import Ajv from 'ajv';
import { parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { stringify } from 'csv-stringify';
import { customers, HEADER } from './orders';
import type { Engine } from './work';

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

function isDateTime(text: string): boolean {
  const match = DATE_TIME.exec(text);
  if (!match) return false;
  const [, year, month, day] = match.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The same checks as the pipeline's schema has, as JSON Schema. */
const ajv = new Ajv();
ajv.addFormat('calendar-date-time', isDateTime);
ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
const isOrder = ajv.compile({
  type: 'object',
  properties: {
    order_id: { type: 'string', pattern: '^-?[0-9]+$' },
    customer_id: { type: 'string', minLength: 6, maxLength: 6 },
    email: { type: 'string', format: 'email' },
    product: { type: 'string', minLength: 1, maxLength: 40 },
    quantity: { type: 'integer', minimum: 1, maximum: 1000 },
    unit_price: { type: 'number', minimum: 0 },
    currency: { enum: ['EUR', 'USD', 'GBP', 'JPY'] },
    ordered_at: { type: 'string', format: 'calendar-date-time' },
    paid: { enum: ['true', 'false'] },
    note: { type: 'string', maxLength: 200 },
  },
  required: HEADER,
});

/** The same work as it is done today with csv-parse, ajv and csv-stringify, in one pass. */
export const csvParseAjv: Engine = async (work, file) => {
  const seen = new Set<string>();
  const lookup = new Map<string, Record<string, string>>(
    parseSync(customers(), { columns: true }).map((row: any) => [row.customer_id, row]),
  );
  const parser = createReadStream(file, { highWaterMark: 256 * 1024 }).pipe(
    parse({ relax_column_count: true, skip_empty_lines: false, from_line: 2 }),
  );
  const output = work === 'validate' ? undefined : stringify({});
  output?.resume();
  let rowsRead = 0;
  let rowsWritten = 0;
  for await (const cells of parser as AsyncIterable<string[]>) {
    rowsRead++;
    if (cells.length !== HEADER.length) continue;
    const order: Record<string, unknown> = {};
    HEADER.forEach((name, index) => (order[name] = cells[index]));
    order.quantity = Number(cells[4]);
    order.unit_price = Number(cells[5]);
    if (!isOrder(order) || seen.has(cells[0])) continue;
    seen.add(cells[0]);
    rowsWritten++;
    if (output && !output.write(published(cells, lookup))) {
      await new Promise((done) => output.once('drain', done));
    }
  }
  output?.end();
  return { rowsRead, rowsWritten };
};

function published(cells: readonly string[], lookup: ReadonlyMap<string, Record<string, string>>): string[] {
  const [id, customer, email, product, quantity, price, currency, orderedAt, , note] = cells;
  const total = (Math.round(Number(quantity) * Number(price) * 100) / 100).toFixed(2);
  const { name, tier } = lookup.get(customer)!;
  const date = orderedAt.slice(0, 10);
  return [
    id,
    customer,
    email,
    product.trim(),
    quantity,
    price,
    currency,
    date,
    note,
    total,
    name,
    tier,
    'web',
    'v1',
  ];
}
