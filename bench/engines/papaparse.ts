import { createReadStream } from 'node:fs';
import { NODE_STREAM_INPUT, parse } from 'papaparse';
import { takeAll } from './order-rules';
import type { Engine } from '../work';

export const papaparse: Engine = (task) => {
  const parser = parse(NODE_STREAM_INPUT, { delimiter: ',', newline: '\n', skipEmptyLines: false });
  return takeAll(task, createReadStream(task.file!, { highWaterMark: 256 * 1024 }).pipe(parser));
};
