/** Bytes that make quotes necessary. */
const SPECIAL = [0x22, 0x2c, 0x0a, 0x0d];

/** A cell as it is written: in quotes where it needs them. */
export function csvCell(cell: Buffer): Buffer {
  if (!SPECIAL.some((byte) => cell.includes(byte))) return cell;
  return Buffer.from(`"${cell.toString('latin1').replaceAll('"', '""')}"`, 'latin1');
}
