import { readParquet } from './read-parquet';
import { written } from './written';
import { field } from '../in-memory';

/** The bounds of a column of texts. */
async function boundsOf(...texts: string[]) {
  const file = { fields: [field('a')], batches: [texts.map((text) => [text])] };
  const kernel = await written('kernel', file);
  expect(kernel).toEqual(await written('typescript', file));
  const { metadata } = await readParquet(kernel);
  return metadata.row_groups[0].columns[0].meta_data.statistics;
}

const LAST_CHARACTER = '\u{10ffff}';

describe('bounds of texts', () => {
  it('stand as they are up to 64 bytes', async () => {
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    expect(await boundsOf(b, a)).toMatchObject({
      min_value: a,
      max_value: b,
      is_min_value_exact: true,
      is_max_value_exact: true,
    });
  });

  it('are cut beyond, and still bounds', async () => {
    const least = `${'a'.repeat(63)}é and so on`;
    const greatest = `${'z'.repeat(62)}éé`;
    const bounds = await boundsOf(least, greatest);
    expect(bounds).toMatchObject({
      min_value: 'a'.repeat(63),
      max_value: `${'z'.repeat(62)}ê`,
      is_min_value_exact: false,
      is_max_value_exact: false,
    });
    expect(Buffer.compare(Buffer.from(String(bounds.max_value)), Buffer.from(greatest))).toBe(1);
  });

  it('pass over characters that there are not', async () => {
    expect(await boundsOf(`${'\ud7ff'.repeat(30)}`)).toMatchObject({
      max_value: `${'\ud7ff'.repeat(20)}\ue000`,
    });
    expect(await boundsOf(`z${LAST_CHARACTER.repeat(20)}`)).toMatchObject({ max_value: '{' });
  });

  it('are left out where no text comes behind all others', async () => {
    const bounds = await boundsOf(LAST_CHARACTER.repeat(20));
    expect(bounds).toEqual({
      null_count: 0n,
      min_value: LAST_CHARACTER.repeat(16),
      is_min_value_exact: false,
    });
  });

  it('would be too long where a character needs one byte more', async () => {
    // The next character behind U+007F has two bytes.
    expect(await boundsOf(`${'y'.repeat(63)}\u007f and so on`)).toMatchObject({
      max_value: `${'y'.repeat(62)}z`,
    });
  });
});
