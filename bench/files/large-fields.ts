import { type CsvFile, inChunks } from './csv-file';

const FIELD_BYTES = 1_000_000;
const TEXT = 'a line of text with a comma, a ""quote"" and a newline\n';

/** A number, and a quoted text of about 1 MB; each fourth row has no number. */
export const largeFields: CsvFile = function* (bytes) {
  const counts = { rows: 0, bad: 0 };
  const text = TEXT.repeat(Math.floor(FIELD_BYTES / TEXT.length));
  yield* inChunks(bytes, 'id,text\n', () => {
    const bad = counts.rows++ % 4 === 3;
    if (bad) counts.bad++;
    return `${bad ? 'none' : counts.rows},"${text}"\n`;
  });
  return counts;
};
