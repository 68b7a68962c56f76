import type { FieldSpec } from '../../../src/engine';
import { valueReader } from '../../../src/spec/values/value-reader';
import { field, pipeline, rejectsOf, schema } from '../in-memory';

/** For a field: cells that are values of it, cells that are none, and what is expected of them. */
export type CellCase = readonly [Partial<FieldSpec>, readonly string[], readonly string[], string];

/** Holds validation and the reader of values to a table of cells. */
export function describeCells(cases: readonly CellCase[]): void {
  describe.each(
    cases.map(([parts, valid, wrong, expected]) => ({
      title: Object.entries(parts)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', '),
      parts,
      valid,
      wrong,
      expected,
    })),
  )('$title', ({ parts, valid, wrong, expected }) => {
    const spec = pipeline({ schema: schema([field('cell', parts), field('other')]) });
    const csv = (cells: readonly string[]) =>
      `cell,other\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}",x\n`).join('')}`;

    it('takes its values', async () => {
      expect(await rejectsOf(csv(valid), spec)).toEqual([]);
    });

    it('rejects all others, and says what was expected', async () => {
      const rejects = wrong.map(
        (_cell, index) => `${index + 2} | cell | type-error | cell: type-error: expected ${expected}`,
      );
      expect(await rejectsOf(csv(wrong), spec)).toEqual(rejects);
    });

    it('says the same of every cell as the reader of values that the schema is checked with', () => {
      const reader = valueReader(field('cell', parts));
      expect(valid.filter((cell) => reader.read(cell) === undefined)).toEqual([]);
      expect(wrong.filter((cell) => reader.read(cell) !== undefined)).toEqual([]);
    });
  });
}
