import { CellStore } from '../../../src/engine/enrichments/cell-store';
import { KernelMemory } from '../../../src/engine/kernel/kernel-memory';
import { LookupEntries } from '../../../src/engine/kernel/plan/lookup-entries';
import { OPERATION_CODES } from '../../../src/engine/kernel/plan/operation-codes';
import { Slots } from '../../../src/engine/kernel/slots';
import { newKernel } from '../../../src/engine/kernel/wasm';
import { words } from '../../../src/engine/kernel/words';
import { KeyTable } from '../../../src/engine/unique/key-table';

/** What the kernel finds for each of some texts in a table that has `key of K` and `K "again"` for each key K. */
function find(keys: readonly string[], texts: readonly string[], other?: string): Array<readonly string[]> {
  const memory = new KernelMemory(newKernel()!);
  const { kernel } = memory;
  const cells = new CellStore(2);
  for (const text of keys.flatMap((key) => [`key of ${key}`, `${key} "again"`])) {
    cells.pushBytes(Buffer.from(text), 0, Buffer.byteLength(text));
  }
  const entries = new LookupEntries(memory, { keys: KeyTable.of(keys), cells }, 2, other);
  const slots = new Slots(memory);
  const [asked, found, first, second] = [0, 1, 2, 3].map(() => slots.add());
  const operations = [
    [OPERATION_CODES.lookUp, asked, found, entries.other, 0, entries.directory],
    [OPERATION_CODES.entryCells, found, first, 0, 0, entries.directory],
    [OPERATION_CODES.entryCells, found, second, 1, 0, entries.directory],
  ];
  const arena = memory.allocate(1000);
  const plan = memory.store(words([3, memory.store(words(operations.flat())), arena, arena + 1000]));
  texts.forEach((text, row) => {
    const at = memory.store(Buffer.from(text));
    const { start, end } = slots.column(asked);
    start[row] = at;
    end[row] = at + Buffer.byteLength(text);
  });
  kernel.begin(plan, texts.length, 1);
  kernel.operate(0, plan, 0, 3, texts.length);
  return texts.map((_, row) =>
    [first, second].map((slot) => {
      const { data, start, end } = slots.column(slot);
      return data.toString('utf8', start[row], end[row]);
    }),
  );
}

const upTo = (count: number, key: (number: number) => string) =>
  Array.from({ length: count }, (_, n) => key(n));

it.each<[string, readonly string[]]>([
  ['a prefix and a number of fixed width', upTo(3000, (n) => `C${n + 10_000}`)],
  ['numbers of any width', upTo(3000, (n) => String(n))],
  ['a prefix of 16 bytes', upTo(50, (n) => `abcdefghijklmno-${n}`)],
  ['a prefix of 17 bytes', upTo(50, (n) => `abcdefghijklmnop-${n}`)],
  ['numbers of nine digits', upTo(50, (n) => String(123_456_789 + n))],
  ['numbers far from each other', ['1', '99999999', '4000']],
  ['numbers that stand there twice, with zeros before one of them', ['7', '07', '8']],
  ['numbers with zeros before all', ['07', '008', '0009']],
  ['prefixes that differ', ['a1', 'b2', 'a3']],
  ['a number and a prefix without one', ['a1', 'a']],
  ['one number', ['a1']],
  ['one text', ['a']],
  ['texts', upTo(3000, (n) => `${'x'.repeat(n % 40)}${n}y`)],
  ['longer than a block of the table that is read', upTo(4, (n) => String(n).padEnd(600_000, 'x'))],
  ['an empty text and another', ['', 'a']],
  ['letters beyond ASCII', ['ä1', 'ä2', 'ö1']],
  ['none', []],
])('finds keys that are %s, and no others', (_, keys) => {
  const near = [
    '',
    '7',
    '07',
    '8',
    '008',
    'a1',
    'a2',
    'b1',
    'a',
    'C9999',
    'C13000',
    'D10000',
    'C1000x',
    'C010000',
  ];
  const some = keys.filter((key, index) => key !== '' && index % Math.ceil(keys.length / 900) === 0);
  const texts = [
    ...near,
    ...some,
    ...some.slice(0, 20).flatMap((key) => [`${key}0`, `0${key}`, key.slice(1)]),
  ];
  const known = new Set(keys.filter((key) => key !== ''));
  const expected = (missing: string) =>
    texts.map((text) => (known.has(text) ? [`key of ${text}`, `${text} "again"`] : [missing, missing]));
  expect(find(keys, texts, 'none, or "other"')).toEqual(expected('none, or "other"'));
  expect(find(keys, texts)).toEqual(expected(''));
});

it('leaves nothing behind where texts were written', () => {
  const memory = new KernelMemory(newKernel()!);
  const cells = new CellStore(1);
  cells.pushBytes(Buffer.from('x'.repeat(1000)), 0, 1000);
  const entries = new LookupEntries(memory, { keys: KeyTable.of(['a']), cells }, 1);
  expect(entries.mostTextBytes).toBe(1000);
  const next = memory.allocate(5000);
  expect(memory.bytes.subarray(next, next + 5000).every((byte) => byte === 0)).toBe(true);
});
