import { gzipSync } from 'node:zlib';
import { compressSnappy } from './snappy';
import type { Compression } from '../../spec/output-spec';

/** How pages are compressed. */
export interface Codec {
  /** CompressionCodec of Parquet's metadata. */
  readonly id: number;
  readonly compress: (page: Uint8Array) => Uint8Array;
}

export const CODECS: Readonly<Record<Compression, Codec>> = {
  none: { id: 0, compress: (page) => page },
  snappy: { id: 1, compress: compressSnappy },
  gzip: { id: 2, compress: (page) => gzipSync(page) },
};
