const ZERO = 0x30;
const NINE = 0x39;
/** Digits of the largest safe integer. */
const MOST_DIGITS = 16;

/** The digits of a row number. Row numbers mostly follow one another: then only the last digits are changed. */
export class RowNumberText {
  private number = 0;
  private readonly digits = Buffer.alloc(MOST_DIGITS, ZERO);
  private start = MOST_DIGITS - 1;

  /** Sets the number, a safe natural one. */
  set(number: number): void {
    if (number === this.number + 1) this.increment();
    else this.write(number);
    this.number = number;
  }

  /** Writes the digits to `target[at ..)`; gives where they end. */
  copyTo(target: Buffer, at: number): number {
    const { digits } = this;
    let put = at;
    for (let digit = this.start; digit < MOST_DIGITS; digit++) target[put++] = digits[digit];
    return put;
  }

  private write(number: number): void {
    const { digits } = this;
    let at = MOST_DIGITS;
    for (let left = number; left > 0 || at === MOST_DIGITS; left = Math.floor(left / 10)) {
      digits[--at] = ZERO + (left % 10);
    }
    this.start = at;
    // Incrementing counts on zeros before the number.
    while (at > 0) digits[--at] = ZERO;
  }

  private increment(): void {
    const { digits } = this;
    let at = MOST_DIGITS - 1;
    while (digits[at] === NINE) digits[at--] = ZERO;
    digits[at]++;
    if (at < this.start) this.start = at;
  }
}
