import { sourcesHash } from '../../../projenrc/kernel-sources';
import { DEFAULT_DIALECT } from '../../../src/engine';
import { calendarLayout } from '../../../src/engine/kernel/calendar-layout';
import { DoubtfulRecords } from '../../../src/engine/kernel/doubtful-records';
import type { KernelBatch } from '../../../src/engine/kernel/kernel-batch';
import { KernelIntegers } from '../../../src/engine/kernel/kernel-integers';
import { KernelMemory } from '../../../src/engine/kernel/kernel-memory';
import { KERNEL_SOURCES } from '../../../src/engine/kernel/kernel.generated';
import { compile, newKernel } from '../../../src/engine/kernel/wasm';
import { MOST_WORDS, wordTable } from '../../../src/engine/kernel/word-table';

describe('the kernel', () => {
  it('is built of the sources that lie beside it', () => {
    expect(KERNEL_SOURCES).toBe(sourcesHash());
  });

  it('is absent where a machine cannot run it', () => {
    expect(compile(Buffer.from('no module'))).toBeNull();
    expect(newKernel(null)).toBeUndefined();
  });

  it('keeps what lies in its memory when that grows', () => {
    const memory = new KernelMemory(newKernel()!);
    const address = memory.store(Buffer.from('kept'));
    const before = memory.bytes;
    memory.allocate(10_000_000);
    expect(before).toHaveLength(0);
    expect(memory.bytes.toString('utf8', address, address + 4)).toBe('kept');
  });
});

describe('records that the host reads again', () => {
  it('are as many as the kernel has found, or the run fails', () => {
    const memory = new KernelMemory(newKernel()!);
    const at = memory.store(Buffer.from('1,2\n3,4\n'));
    const records = new DoubtfulRecords(memory, DEFAULT_DIALECT, 100, 2);
    const batch = { start: () => at, end: () => at + 7 };
    records.add(0, batch as unknown as KernelBatch);
    expect(() => records.read(1)).toThrow('other records');
  });
});

describe('words', () => {
  it.each([1, 2, 50, MOST_WORDS])('have a slot each: %d of them', (count) => {
    const words = Array.from({ length: count }, (_, index) => `word ${index * 7919}`);
    const { data, mask } = wordTable([...words, words[0]])!;
    expect(data).toHaveLength((mask + 1) * 32);
    for (const word of words) expect(data.includes(Buffer.from(word))).toBe(true);
  });

  it('are left to the host where they are too many, or cannot be kept apart', () => {
    expect(wordTable(Array.from({ length: MOST_WORDS + 1 }, (_, word) => `${word}`))).toBeUndefined();
    // Both fold to the same number, whatever it is multiplied by.
    expect(wordTable(['\u0005\0\0\0a', '\0\0\0\0`'])).toBeUndefined();
  });
});

describe('layouts of dates', () => {
  it.each(['%Y-%m-%d', '%H:%M:%S', '%d/%m/%Y %H', '%Y%m%dT%H%M%SZ'])('are made of %s', (pattern) => {
    expect(calendarLayout(pattern.replace(' ', '_'))).toBeDefined();
  });

  it.each(['%d %m', '%m-%m', '%b', `%Y${'-'.repeat(40)}`])('are not made of %s', (pattern) => {
    expect(calendarLayout(pattern)).toBeUndefined();
  });
});

describe('integers in the kernel', () => {
  it('are found again, whichever pages share a slot', () => {
    const memory = new KernelMemory(newKernel()!);
    const set = new KernelIntegers(memory);
    const far = [
      0,
      1,
      65_535,
      65_536,
      65_536 * 8192,
      2 ** 48 - 1,
      2 ** 48 + 65_536 * 5,
      65_536 * 5,
      1e15 - 1,
    ];
    memory.prepare(far.length);
    for (const integer of far) expect(set.add(integer)).toBe(true);
    for (const integer of far) {
      expect(set.hasPage(integer)).toBe(true);
      expect(set.has(integer)).toBe(true);
      expect(set.add(integer)).toBe(false);
    }
    expect(set.hasPage(65_536 * 77)).toBe(false);
    expect([65_536 * 77, 2].map((integer) => set.has(integer))).toEqual([false, false]);
    expect(set.size).toBe(far.length);
    expect(set.bytes).toBe(7 * (8192 + 128));
  });
});
