import type { LookupSpec } from './spec/enrichments/enrichment-spec';

/** What happens to a row for whose key a lookup has no row. */
export class WhenMissing {
  /** The new cells are empty. */
  public static empty(): WhenMissing {
    return new WhenMissing({ type: 'null' });
  }

  /** The row is rejected as `lookup-error`. */
  public static reject(): WhenMissing {
    return new WhenMissing({ type: 'reject' });
  }

  /** The new cells have this value. */
  public static value(value: string): WhenMissing {
    return new WhenMissing({ type: 'value', value });
  }

  private constructor(private readonly spec: LookupSpec['whenMissing']) {}

  /** @internal */
  public _toSpec(): LookupSpec['whenMissing'] {
    return this.spec;
  }
}
