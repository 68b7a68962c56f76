import type { Size } from 'aws-cdk-lib';
import { checkedSpec, defined, whenUsed } from './checked-spec';
import { readOutput } from './spec/check-output';
import { OUTPUT_DEFAULTS, type OutputSpec } from './spec/output-spec';

/** When cells of a CSV stand in quotes. */
export enum CsvQuoting {
  /** Where they hold a comma, a quote or a line end. */
  MINIMAL = 'minimal',
  /** Always, those of the header and missing ones included. */
  ALL = 'all',
  /** Never. A cell that needs quotes fails the job as `output-error`, and so does a row whose only cell is missing. */
  NONE = 'none',
}

/** How the pages of a Parquet file are compressed. */
export enum ParquetCompression {
  /** Fast, and read by everything. */
  SNAPPY = 'snappy',
  /** Smaller, and several times slower to write. */
  GZIP = 'gzip',
  /** Not at all. */
  NONE = 'none',
}

/** Options of `OutputFormat.csv`. */
export interface CsvOutputOptions {
  /**
   * When cells stand in quotes.
   * @default CsvQuoting.MINIMAL
   */
  readonly quoting?: CsvQuoting;

  /**
   * Whether an apostrophe is put in front of cells that a spreadsheet would take for formulas: those that begin with
   * `=`, `+`, `-`, `@`, a tab or a line end and are no numbers. It changes the data: `+49 30` becomes `'+49 30`.
   * @default false
   */
  readonly neutralizeFormulas?: boolean;
}

/** Options of `OutputFormat.parquet`. */
export interface ParquetOutputOptions {
  /**
   * How pages are compressed.
   * @default ParquetCompression.SNAPPY
   */
  readonly compression?: ParquetCompression;

  /**
   * Data of a row group before it is encoded, from 1 MiB to 1 GiB. The function `finish` holds one row group in memory, as
   * it is encoded and compressed.
   * @default Size.mebibytes(64)
   */
  readonly rowGroupSize?: Size;

  /**
   * Digits of `number` columns in all, from 1 to 38. Up to 9 take 4 bytes, up to 18 take 8, more take 16: fewer are faster
   * to write and to read.
   * @default 38
   */
  readonly decimalPrecision?: number;

  /**
   * Digits after the point of `number` columns, from 0 to `decimalPrecision`. Where `Transform.round` or the `scale` of
   * `Transform.derive` states them, that holds.
   * @default 18
   */
  readonly decimalScale?: number;
}

/** The format of what is published. What the steps hand on to each other is CSV in any case, and so are rejects. */
export class OutputFormat {
  /** CSV: UTF-8, LF, a comma between cells. It is published under the source's own name. */
  public static csv(options: CsvOutputOptions = {}): OutputFormat {
    return OutputFormat.of('csv', { ...OUTPUT_DEFAULTS.csv, ...defined(options) });
  }

  /**
   * One JSON object a line (https://jsonlines.org), published with the extension `.jsonl`. Numbers keep all of their
   * digits, true and false are JSON's, a missing cell is null, everything else is text.
   */
  public static jsonLines(): OutputFormat {
    return OutputFormat.of('jsonLines', OUTPUT_DEFAULTS['json-lines']);
  }

  /**
   * Parquet, published with the extension `.parquet`, with a type for each column: it is that of the schema, as the
   * transforms leave it. A cell that does not fit fails the job as `output-error`.
   */
  public static parquet(options: ParquetOutputOptions = {}): OutputFormat {
    const { rowGroupSize, ...others } = options;
    return OutputFormat.of('parquet', {
      ...OUTPUT_DEFAULTS.parquet,
      ...defined({ ...others, rowGroupBytes: rowGroupSize?.toBytes() }),
    });
  }

  private static of(factory: string, json: object): OutputFormat {
    return new OutputFormat(() => checkedSpec(`OutputFormat.${factory}`, json, readOutput));
  }

  private readonly spec: () => OutputSpec;

  private constructor(check: () => OutputSpec) {
    this.spec = whenUsed(check);
  }

  /** @internal */
  public _toSpec(): OutputSpec {
    return this.spec();
  }
}
