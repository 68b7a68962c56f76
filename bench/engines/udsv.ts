import { createReadStream } from 'node:fs';
import { inferSchema, initParser, type Parser } from 'udsv';
import { OrderRows } from './order-rules';
import type { Engine } from '../work';

export const udsv: Engine = async (task) => {
  const rows = new OrderRows(task);
  let parser: Parser | undefined;
  let flowing = true;
  const take = (cells: string[]) => void (flowing = rows.take(cells) && flowing);
  for await (const chunk of createReadStream(task.file!, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    parser ??= initParser(inferSchema(chunk));
    parser.chunk(chunk, parser.stringArrs, take);
    if (!flowing) await rows.drained();
    flowing = true;
  }
  parser?.end();
  return rows.end();
};
