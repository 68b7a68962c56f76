/** What stands in a file, as it was made. */
export interface FileCounts {
  readonly rows: number;
  readonly bad: number;
  /** Bad rows whose only fault is a key that was there before. */
  readonly duplicates?: number;
}

/** Yields a file of about a number of bytes in pieces: the same size gives the same bytes everywhere. */
export type CsvFile = (bytes: number) => Generator<Buffer, FileCounts>;

const CHUNK_BYTES = 256 * 1024;

/** Puts rows behind a header until there are as many bytes, at least one row. */
export function* inChunks(bytes: number, header: string, row: () => string): Generator<Buffer, void> {
  let text = header;
  let written = 0;
  do {
    text += row();
    if (text.length <= CHUNK_BYTES) continue;
    yield Buffer.from(text);
    written += text.length;
    text = '';
  } while (written + text.length < bytes);
  yield Buffer.from(text);
}
