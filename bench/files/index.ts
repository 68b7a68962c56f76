import type { CsvFile } from './csv-file';
import { largeFields } from './large-fields';
import { badOrders, orders, quotedOrders } from './orders';
import { patterns } from './patterns';
import { wide } from './wide';

/** The files that are measured, by name. */
export const FILES: Readonly<Record<string, CsvFile>> = {
  orders,
  'bad-orders': badOrders,
  'quoted-orders': quotedOrders,
  wide,
  'large-fields': largeFields,
  patterns,
};
