/** Bytes of which cells are made: what would be read of them makes another cell of an empty or a short one. */
const BYTES = '-@.9:"\n,';

/** Only so many are filled at the beginning, where all that is looked at lies: to touch more takes longer than the tests. */
const FILLED = 8192;

const { allocUnsafe, allocUnsafeSlow } = Buffer;

/** From now on, memory that nobody has written has that one of the bytes: what it has otherwise differs from run to run. */
export function fillUnwrittenMemory(which: number): void {
  const fill = BYTES[which % BYTES.length];
  const filled = (data: Buffer<ArrayBuffer>) => data.fill(fill, 0, Math.min(data.length, FILLED));
  Buffer.allocUnsafe = (size) => filled(allocUnsafe(size));
  Buffer.allocUnsafeSlow = (size) => filled(allocUnsafeSlow(size));
}
