import { type CsvFile, inChunks } from './csv-file';

/** Texts that patterns are asked of; each hundredth row breaks one of them. */
export const patterns: CsvFile = function* (bytes) {
  const counts = { rows: 0, bad: 0 };
  yield* inChunks(bytes, 'article,phone,plate,path\n', () => {
    const row = counts.rows++;
    const digits = String(row % 1_000_000).padStart(6, '0');
    const cells = [`AB-${digits}-${row % 10}`, `+49 30 ${digits}`, `B-XY ${row % 9999}`, `/a/b${row}/c.txt`];
    if (row % 100 === 99) {
      cells[counts.bad++ % cells.length] = `?${row}`;
    }
    return `${cells.join(',')}\n`;
  });
  return counts;
};
