import type { OtherValueSpec } from './spec/transforms/transform-spec';

/** What a cell becomes that is none of the values of `Transform.mapValues`. */
export class OtherValue {
  /** It stays as it is. */
  public static keep(): OtherValue {
    return new OtherValue({ type: 'keep' });
  }

  /** It becomes a missing one. */
  public static empty(): OtherValue {
    return new OtherValue({ type: 'value', value: '' });
  }

  /** Its row is rejected as `transform-error`. */
  public static reject(): OtherValue {
    return new OtherValue({ type: 'reject' });
  }

  /** It becomes this value. */
  public static value(value: string): OtherValue {
    return new OtherValue({ type: 'value', value });
  }

  private constructor(private readonly spec: OtherValueSpec) {}

  /** @internal */
  public _toSpec(): OtherValueSpec {
    return this.spec;
  }
}
