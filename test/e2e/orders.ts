import { parse } from 'csv-parse/sync';
import type { Pipeline } from './pipeline';

export const HEADER = 'id,product,quantity,unit_price,ordered_on,country';

/** Every kind of row: two that arrive, one that is filtered, and one for each way of being rejected. */
export const MIXED_ORDERS = [
  HEADER,
  '1, pen ,2,1.25,05/01/2026,DE',
  '2,book,x,10,06/01/2026,FR',
  '3,SAMPLE,1,0,,DE',
  '4,lamp,0,3,07/01/2026,DE',
  '1,cup,1,1,08/01/2026,DE',
  '5,chair,1,99.999,09/01/2026,XX',
  '6,desk,3,0.335,10/01/2026,JP',
  '7,mug,1',
  '8,mug,1,2,11/01/2026,DE,surplus',
  '',
  '',
].join('\n');

/** One order that arrives as it is. */
export function order(id: number, product = 'pen'): string {
  return `${HEADER}\n${id},${product},1,1.00,05/01/2026,DE\n`;
}

/** Puts the file that the pipeline looks products up in. */
export async function putCategories(pipeline: Pipeline): Promise<void> {
  await pipeline.put('reference/categories.csv', 'product,category\npen,stationery\n');
}

/** Rows of a published file, by column. */
export function records(text: string | undefined): Record<string, string>[] {
  return parse(text ?? '', { columns: true });
}

/** Rows of a published file as they stand, the header first; surplus cells are kept. */
export function lines(text: string | undefined): string[][] {
  return parse(text ?? '', { relax_column_count: true });
}
