import type { FieldSpec } from '../../spec/table-schema';
import type { ValueReader } from '../../spec/values/value-type';

const ZERO = 0x30;
const NINE = 0x39;

/** Gives the key of a cell as bytes: `data[start .. end)` after `take`, until the next one is taken. */
export class CellKey {
  data: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  /** Each text is a value of its own. */
  private readonly textual: boolean;
  private readonly numeric: boolean;

  constructor(
    { type, format }: FieldSpec,
    private readonly values: ValueReader,
  ) {
    this.numeric = type === 'integer' || type === 'number';
    // Each date has one text in the default format.
    this.textual = type === 'string' || type === 'any' || (type === 'date' && format === 'default');
  }

  /** Takes a cell that is a value of the field. */
  take(data: Buffer, start: number, end: number): void {
    if (!this.textual && !(this.numeric && isPlainNatural(data, start, end))) {
      this.data = Buffer.from(this.values.key(this.values.read(data.toString('utf8', start, end))), 'utf8');
      this.start = 0;
      this.end = this.data.length;
    } else {
      this.data = data;
      this.start = start;
      this.end = end;
    }
  }
}

/** Digits without a leading zero: such a text is its own canonical one. */
function isPlainNatural(data: Buffer, start: number, end: number): boolean {
  if (data[start] === ZERO && end - start > 1) return false;
  for (let at = start; at < end; at++) {
    if (data[at] < ZERO || data[at] > NINE) return false;
  }
  return true;
}
