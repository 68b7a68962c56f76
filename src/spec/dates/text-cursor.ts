const ZERO = 48;

/** A place in a text from which directives read. Everything is read once and forwards, so time is linear in the text. */
export class TextCursor {
  private at = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at === this.text.length;
  }

  /** Reads this text as it stands; false where something else stands here. */
  literal(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  /** Reads a number of at least `fewest` digits; stops before a digit that would take it over `most`, or at `longest` digits. */
  number(fewest: number, longest: number, most: number): number | undefined {
    let value = 0;
    let digits = 0;
    while (digits < longest) {
      const digit = this.digit();
      if (digit < 0 || value * 10 + digit > most) break;
      value = value * 10 + digit;
      digits++;
      this.at++;
    }
    return digits >= Math.max(1, fewest) ? value : undefined;
  }

  /** Reads up to nine digits as a fraction of a second, in nanoseconds. */
  fraction(): number | undefined {
    let value = 0;
    let digits = 0;
    for (let digit = this.digit(); digits < 9 && digit >= 0; digit = this.digit()) {
      value = value * 10 + digit;
      digits++;
      this.at++;
    }
    return digits === 0 ? undefined : value * 10 ** (9 - digits);
  }

  /** Reads one of some names in any case, and gives its index; -1 where none stands here. */
  name(names: readonly string[]): number {
    const index = names.findIndex(
      (name) => this.text.slice(this.at, this.at + name.length).toLowerCase() === name.toLowerCase(),
    );
    if (index >= 0) this.at += names[index].length;
    return index;
  }

  /** Reads `Z`, `+hhmm`, `+hh:mm` or `+hh`, in minutes. */
  offset(): number | undefined {
    if (this.literal('Z') || this.literal('z')) return 0;
    const negative = this.literal('-');
    if (!negative && !this.literal('+')) return undefined;
    const hours = this.number(2, 2, 23);
    if (hours === undefined) return undefined;
    const separated = this.literal(':');
    const minutes = separated || this.digit() >= 0 ? this.number(2, 2, 59) : 0;
    if (minutes === undefined) return undefined;
    const total = hours * 60 + minutes;
    return negative ? 0 - total : total;
  }

  /** The digit that stands here, or -1. */
  private digit(): number {
    const digit = this.text.charCodeAt(this.at) - ZERO;
    return digit >= 0 && digit <= 9 ? digit : -1;
  }
}
