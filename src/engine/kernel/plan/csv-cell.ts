/** Bytes somewhere: `data[start .. end)`. There are many of them, and buffers of their own would cost more than they hold. */
export interface CellBytes {
  readonly data: Buffer;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
/** Bytes that make quotes necessary. */
const SPECIAL = new Uint8Array(256);
for (const byte of [QUOTE, 0x2c, 0x0a, 0x0d]) SPECIAL[byte] = 1;

/** The bytes of a text. */
export function bytesOfText(text: string): CellBytes {
  const data = Buffer.from(text);
  return { data, start: 0, end: data.length };
}

/** A cell as it is written: the same where it needs no quotes. */
export function csvCell(cell: CellBytes): CellBytes {
  const { data, start, end } = cell;
  let special = 0;
  for (let at = start; at < end; at++) special |= SPECIAL[data[at]];
  if (special === 0) return cell;
  return bytesOfText(`"${data.toString('utf8', start, end).replaceAll('"', '""')}"`);
}

/** Copies a cell; gives where it ends. */
export function copyCell(target: Buffer, at: number, { data, start, end }: CellBytes): number {
  let put = at;
  for (let from = start; from < end; from++) target[put++] = data[from];
  return put;
}
