import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { takeAll } from './order-rules';
import type { Engine } from '../work';

/** csv-parse, as it is mostly used today. */
export const csvParseAjv: Engine = (task) => {
  const parser = parse({ relax_column_count: true, skip_empty_lines: false });
  return takeAll(task, createReadStream(task.file!, { highWaterMark: 256 * 1024 }).pipe(parser));
};
