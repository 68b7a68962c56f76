import { compressSnappy } from './snappy';
import type { Compression } from '../../spec/output-spec';

/** How pages are compressed. */
export interface Codec {
  readonly name: Compression;
  /** CompressionCodec of Parquet's metadata. */
  readonly id: number;
  readonly compress: (page: Uint8Array) => Uint8Array;
}

export const CODECS: Readonly<Record<Compression, Codec>> = {
  none: { name: 'none', id: 0, compress: (page) => page },
  snappy: { name: 'snappy', id: 1, compress: compressSnappy },
  gzip: { name: 'gzip', id: 2, compress: (page) => zlib().gzipSync(page) },
};

/** Loaded only where something is compressed: that takes time, too. */
function zlib(): typeof import('node:zlib') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('node:zlib') as typeof import('node:zlib');
}
