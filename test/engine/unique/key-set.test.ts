import { IntegerPages } from '../../../src/engine/unique/integer-pages';
import { KeySet } from '../../../src/engine/unique/key-set';
import { KeyTable } from '../../../src/engine/unique/key-table';

/** How many of some keys are new to a set. */
function addAll(set: KeySet, keys: Iterable<string>): number {
  let fresh = 0;
  for (const key of keys) fresh += add(set, key) ? 1 : 0;
  return fresh;
}

function add(set: KeySet | KeyTable, key: string): boolean {
  const data = Buffer.from(`<${key}>`);
  return set.add(data, 1, data.length - 1);
}

describe('KeySet', () => {
  it('tells new keys from old ones as a set of texts does', () => {
    const set = new KeySet();
    const oracle = new Set<string>();
    let state = 1;
    let differences = 0;
    for (let index = 0; index < 50_000; index++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const key = index % 3 === 0 ? `k${state % 9000}` : String(state % 20_000);
      if (add(set, key) === oracle.has(key)) differences++;
      oracle.add(key);
    }
    expect(differences).toBe(0);
  });

  it('takes a bit for an integer where they lie close together, in any order', () => {
    const set = new KeySet();
    for (let index = 0; index < 300_000; index++) add(set, String((index * 7919) % 300_007));
    expect(set.bytes).toBeLessThan(100_000);
  });

  it('keeps integers that lie far apart like any other key, and still finds all of them', () => {
    const set = new KeySet();
    // The first of both is 0.
    const keys = Array.from({ length: 6000 }, (_, index) => [
      String(index * 1_000_003),
      String(index),
    ]).flat();
    expect(addAll(set, keys)).toBe(keys.length - 1);
    expect(addAll(set, keys)).toBe(0);
    expect(set.bytes).toBeLessThan(20 * 1024 * 1024);
  });

  it('goes on with pages where integers in them are many', () => {
    const set = new KeySet();
    const keys = Array.from({ length: 2100 * 300 }, (_, index) =>
      String(Math.floor(index / 300) * 65536 + (index % 300)),
    );
    expect(addAll(set, keys)).toBe(keys.length);
    expect(set.bytes).toBeLessThan(19 * 1024 * 1024);
  });
});

describe('KeyTable', () => {
  it('has the empty key only once it was added', () => {
    const table = KeyTable.of(['a']);
    expect(table.has(Buffer.alloc(0), 0, 0)).toBe(false);
    expect(add(table, '')).toBe(true);
    expect(add(table, '')).toBe(false);
    expect(table.has(Buffer.alloc(0), 0, 0)).toBe(true);
  });

  it('compares keys whose hashes are equal byte by byte', () => {
    const table = new KeyTable(() => 7);
    const keys = ['a', 'b', 'ab', '', 'ba'];
    expect(keys.map((key) => add(table, key))).toEqual(keys.map(() => true));
    expect(keys.map((key) => add(table, key))).toEqual(keys.map(() => false));
  });

  it('keeps keys that are larger than its blocks', () => {
    const table = new KeyTable();
    const large = 'x'.repeat(3_000_000);
    expect(add(table, large)).toBe(true);
    expect(add(table, `${large.slice(1)}y`)).toBe(true);
    expect(add(table, large)).toBe(false);
    expect(table.bytes).toBeGreaterThan(6_000_000);
  });
});

describe('IntegerPages', () => {
  it('finds integers of all pages again', () => {
    const pages = new IntegerPages();
    const integers = [0, 1, 31, 32, 65535, 65536, 2 ** 40, Number.MAX_SAFE_INTEGER];
    for (const integer of integers) expect(pages.add(integer)).toBe(true);
    for (const integer of integers) expect(pages.add(integer)).toBe(false);
    expect(pages.hasPage(2 ** 40 + 1)).toBe(true);
    expect(pages.hasPage(2 ** 41)).toBe(false);
  });
});

it('pages of integers know which integers they hold, near and far', () => {
  const pages = new IntegerPages();
  for (const integer of [0, 31, 32, 65_535, 65_536, 2 ** 40]) pages.add(integer);
  const held = [0, 1, 31, 32, 65_535, 65_536, 65_537, 200_000, 2 ** 40].map((integer) => pages.has(integer));
  expect(held).toEqual([true, false, true, true, true, true, false, false, true]);
});
