import * as vm from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

/** The part of hyparquet's metadata that tests look at. */
export interface ParquetMetadata {
  readonly num_rows: bigint;
  readonly created_by: string;
  readonly schema: Array<{
    readonly name: string;
    readonly type?: string;
    readonly scale?: number;
    converted_type?: string;
    logical_type?: object;
  }>;
  readonly row_groups: Array<{
    readonly columns: Array<{
      readonly meta_data: {
        readonly codec: string;
        readonly dictionary_page_offset?: bigint;
        readonly total_compressed_size: bigint;
        readonly total_uncompressed_size: bigint;
        readonly statistics: { readonly min_value?: unknown; readonly max_value?: unknown };
      };
    }>;
  }>;
}

type Row = Record<string, unknown>;

interface Hyparquet {
  parquetMetadata(file: ArrayBuffer): ParquetMetadata;
  parquetReadObjects(options: object): Promise<Row[]>;
}

/** hyparquet is an ES module alone, which Jest does not load: it is bundled to a CommonJS one. */
function loadHyparquet(): Hyparquet {
  const { outputFiles } = buildSync({
    stdin: { contents: "export * from 'hyparquet'", resolveDir: __dirname },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const module = { exports: {} };
  const load = vm.runInThisContext(`(function (module, exports, require) {${outputFiles[0].text}\n})`);
  load(module, module.exports, require);
  return module.exports as Hyparquet;
}

const hyparquet = loadHyparquet();

export interface ParquetFile {
  readonly metadata: ParquetMetadata;
  /** Values of each row, by column. */
  readonly rows: Row[];
}

/**
 * Reads a Parquet file by a library that has nothing to do with the engine. Decimals are whole numbers of their last
 * digit.
 */
export async function readParquet(data: Buffer): Promise<ParquetFile> {
  const file = {
    byteLength: data.length,
    slice: (start: number, end?: number) => new Uint8Array(data.subarray(start, end)).buffer,
  };
  const metadata = hyparquet.parquetMetadata(file.slice(0));
  const raw = structuredClone(metadata);
  const decimals = raw.schema.filter(({ converted_type: type }) => type === 'DECIMAL');
  // The library makes floats of decimals: without their type, what it reads of them are the bytes.
  for (const element of decimals) {
    delete element.converted_type;
    delete element.logical_type;
  }
  const compressors = { GZIP: (input: Uint8Array) => gunzipSync(input) };
  const rows = await hyparquet.parquetReadObjects({ file, metadata: raw, compressors });
  for (const row of rows) for (const { name } of decimals) row[name] = unscaled(row[name]);
  return { metadata, rows };
}

function unscaled(value: unknown): bigint | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  return BigInt.asIntN(128, BigInt(`0x${Buffer.from(value as Uint8Array).toString('hex')}`));
}
