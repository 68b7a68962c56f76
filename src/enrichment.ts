import type { Construct } from 'constructs';
import { checkedSpec, whenUsed } from './checked-spec';
import type { LookupSource } from './lookup-source';
import type { BoundEnrichment } from './pipeline-definition';
import { ENRICHMENTS } from './spec/enrichments/enrichment-rules';
import type { EnrichmentSpec, LookupSpec } from './spec/enrichments/enrichment-spec';
import { readOperation } from './spec/parse-pipeline-spec';
import { shown, SpecError } from './spec/spec-error';
import { WhenMissing } from './when-missing';

/** Options of `Enrichment.lookup`. */
export interface LookupOptions {
  /** The lookup's CSV file. */
  readonly source: LookupSource;

  /**
   * Column of the data, and the column of the lookup file that it equals: text by text, upper and lower case told apart.
   * Several pairs make a key of several columns. A missing cell equals nothing.
   */
  readonly on: Record<string, string>;

  /**
   * Column of the lookup file, and its name in the output. The new columns are appended in the alphabetical order of
   * their names in the output, since maps have no order in some languages.
   */
  readonly columns: Record<string, string>;

  /**
   * What happens to a row for whose key the lookup has no row.
   * @default WhenMissing.empty()
   */
  readonly whenMissing?: WhenMissing;
}

/**
 * Columns that are added to the rows after the transforms. Enrichments run in the order of the list; each sees the
 * columns that the one before it leaves.
 */
export class Enrichment {
  /**
   * Adds columns of another CSV file, found by key. A key that stands twice in that file fails the job
   * (`lookup-duplicate-key`): a row is never multiplied.
   */
  public static lookup(options: LookupOptions): Enrichment {
    const parts = {
      on: sortedPairs(options.on).map(([column, lookupColumn]) => ({ column, lookupColumn })),
      columns: sortedPairs(options.columns)
        .map(([lookupColumn, column]) => ({ lookupColumn, column }))
        .sort((a, b) => byText(a.column, b.column)),
      whenMissing: (options.whenMissing ?? WhenMissing.empty())._toSpec(),
    };
    // The source has a key only once it is bound; any will do for checking the other parts.
    const check = (source: LookupSpec['source']) =>
      checkedSpec('Enrichment.lookup', { type: 'lookup', source, ...parts }, read);
    const sound = whenUsed(() => {
      check({ type: 'asset', key: 'unbound' });
      checkHeader(parts, options.source._header());
    });
    return new Enrichment((scope, id) => {
      sound();
      const { spec, asset } = options.source._bind(scope, id);
      return { spec: check(spec), asset };
    });
  }

  /** Adds a column that has one value in every row. */
  public static constant(column: string, value: string): Enrichment {
    const spec = whenUsed(() =>
      checkedSpec('Enrichment.constant', { type: 'constant', column, value }, read),
    );
    return new Enrichment(() => ({ spec: spec() }));
  }

  /**
   * Adds where each row comes from: `_source_key`, `_source_version`, `_source_row` (number of the record in the source),
   * `_job_id` and `_spec_sha256` (hash of the pipeline's spec).
   */
  public static lineage(): Enrichment {
    return new Enrichment(() => ({ spec: { type: 'lineage' } }));
  }

  private constructor(private readonly bind: (scope: Construct, id: string) => BoundEnrichment) {}

  /** @internal */
  public _bind(scope: Construct, id: string): BoundEnrichment {
    return this.bind(scope, id);
  }
}

const read = (reader: Parameters<typeof readOperation>[0]): EnrichmentSpec =>
  readOperation<EnrichmentSpec>(reader, ENRICHMENTS);

/** Refuses columns that the lookup file does not have, where its header is known. */
function checkHeader({ on, columns }: Pick<LookupSpec, 'on' | 'columns'>, header?: readonly string[]): void {
  if (!header) return;
  const problems = Object.entries({ on, columns }).flatMap(([place, pairs]) =>
    pairs
      .filter(({ lookupColumn }) => !header.includes(lookupColumn))
      .map(({ lookupColumn }) => ({
        place,
        got: `the column ${shown(lookupColumn)}, which the lookup file lacks`,
        expected: `one of ${header.join(', ')}`,
      })),
  );
  if (problems.length > 0) throw new SpecError('Enrichment.lookup', problems);
}

/** The entries of a map in an order that is the same in every language. */
function sortedPairs(map: Record<string, string>): Array<[string, string]> {
  return Object.entries(map).sort(([a], [b]) => byText(a, b));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
