import type { ByteReader } from '../engine/read/byte-reader';
import { CsvFile } from '../engine/read/csv-file';

interface Watcher {
  /** Gets the bytes of each read; what it throws ends the reading. */
  onRead(bytes: number): void;
  onClose(): void;
}

/** A file that says how far it is read. */
export class WatchedFile extends CsvFile {
  constructor(
    path: string,
    private readonly watcher: Watcher,
  ) {
    super(path);
  }

  override openReader(): ByteReader {
    const reader = super.openReader();
    return {
      read: async (target) => {
        const bytes = await reader.read(target);
        this.watcher.onRead(bytes);
        return bytes;
      },
      close: async () => {
        this.watcher.onClose();
        await reader.close();
      },
    };
  }
}
