import { readerBehind } from '../../../src/engine/read/byte-reader';

it('reads bytes that are there, and has nothing to let go of behind them', async () => {
  const reader = readerBehind(Buffer.from('abc'));
  const target = Buffer.alloc(2);
  expect(await reader.read(target)).toBe(2);
  expect(await reader.read(target)).toBe(1);
  expect(await reader.read(target)).toBe(0);
  expect(target.toString()).toBe('cb');
  await expect(reader.close()).resolves.toBeUndefined();
});
