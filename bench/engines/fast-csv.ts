import { createReadStream } from 'node:fs';
import { parse } from 'fast-csv';
import { takeAll } from './order-rules';
import type { Engine } from '../work';

export const fastCsv: Engine = (task) => {
  const parser = parse({ headers: false, ignoreEmpty: false });
  return takeAll(task, createReadStream(task.file!, { highWaterMark: 256 * 1024 }).pipe(parser));
};
