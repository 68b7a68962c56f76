import { readFileSync, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import Ajv from 'ajv';
import { parse as parseSync } from 'csv-parse/sync';
import { stringify } from 'csv-stringify';
import { HEADER } from '../files/orders';
import type { Task, WorkResult } from '../work';

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

/** The work on orders behind a parser that gives the cells of each record, as it is done today with ajv and csv-stringify. */
export class OrderRows {
  private readonly seen = new Set<string>();
  private readonly lookup = new Map<string, Record<string, string>>();
  private readonly output?: ReturnType<typeof stringify>;
  private readonly written?: Promise<void>;
  private rowsRead = 0;
  private rowsWritten = 0;

  constructor({ kind, customers, output }: Task) {
    if (kind === 'validate') return;
    const rows: Record<string, string>[] = parseSync(readFileSync(customers), { columns: true });
    for (const row of rows) this.lookup.set(row.customer_id, row);
    this.output = stringify({});
    this.written = finished(this.output.pipe(createWriteStream(output)));
  }

  /** Takes a record behind the header. False: `drained` has to come first. */
  take(cells: readonly string[]): boolean {
    this.rowsRead++;
    if (cells.length !== HEADER.length) return true;
    const order: Record<string, unknown> = {};
    HEADER.forEach((name, index) => (order[name] = cells[index]));
    order.quantity = Number(cells[4]);
    order.unit_price = Number(cells[5]);
    if (!isOrder(order) || this.seen.has(cells[0])) return true;
    this.seen.add(cells[0]);
    this.rowsWritten++;
    return this.output === undefined || this.output.write(this.published(cells));
  }

  drained(): Promise<void> {
    return new Promise((resolve) => this.output!.once('drain', resolve));
  }

  async end(): Promise<WorkResult> {
    this.output?.end();
    await this.written;
    return { rowsRead: this.rowsRead, rowsWritten: this.rowsWritten };
  }

  private published(cells: readonly string[]): string[] {
    const [id, customer, email, product, quantity, price, currency, orderedAt, , note] = cells;
    const total = (Math.round(Number(quantity) * Number(price) * 100) / 100).toFixed(2);
    const { name, tier } = this.lookup.get(customer)!;
    const date = orderedAt.slice(0, 10);
    const kept = [id, customer, email, product.trim(), quantity, price, currency, date, note];
    return [...kept, total, name, tier, 'web', 'v1'];
  }
}

/** Takes records from a parser that is a stream; the first one is the header. */
export async function takeAll(task: Task, records: AsyncIterable<string[]>): Promise<WorkResult> {
  const rows = new OrderRows(task);
  let first = true;
  for await (const cells of records) {
    if (!first && !rows.take(cells)) await rows.drained();
    first = false;
  }
  return rows.end();
}
