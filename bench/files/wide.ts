import { type CsvFile, inChunks } from './csv-file';

export const WIDE_COLUMNS = 1000;

/** 1,000 columns of integers; one cell in every hundredth row is a word. */
export const wide: CsvFile = function* (bytes) {
  const counts = { rows: 0, bad: 0 };
  const names = Array.from({ length: WIDE_COLUMNS }, (_, index) => `c${index}`);
  yield* inChunks(bytes, `${names.join(',')}\n`, () => {
    const row = counts.rows++;
    const cells = names.map((_, index) => String((row * 31 + index * 17) % 100_000));
    if (row % 100 === 99) {
      cells[(row * 7) % WIDE_COLUMNS] = 'word';
      counts.bad++;
    }
    return `${cells.join(',')}\n`;
  });
  return counts;
};
