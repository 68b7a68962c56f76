/** A path or an intrinsic function that cannot be read. */
export class PathSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PathSyntaxError';
  }
}

/** Reads a text from left to right. */
export class TextReader {
  private position = 0;

  constructor(readonly text: string) {}

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** How far the text has been read. */
  get offset(): number {
    return this.position;
  }

  peek(): string {
    return this.text.charAt(this.position);
  }

  accept(token: string): boolean {
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) throw this.error(`lacks '${token}'`);
  }

  /** Reads characters one by one while each matches. */
  takeWhile(character: RegExp): string {
    const start = this.position;
    while (!this.atEnd && character.test(this.peek())) this.position++;
    return this.text.slice(start, this.position);
  }

  skipSpace(): void {
    this.takeWhile(/\s/);
  }

  /** Reads a text in single or double quotes; a backslash takes the next character as it is. */
  acceptQuoted(): string | undefined {
    const quote = this.peek();
    if (quote !== "'" && quote !== '"') return undefined;
    this.position++;
    let value = '';
    while (!this.accept(quote)) {
      this.accept('\\');
      if (this.atEnd) throw this.error('has a quote that is never closed');
      value += this.peek();
      this.position++;
    }
    return value;
  }

  error(problem: string): PathSyntaxError {
    return new PathSyntaxError(`'${this.text}' ${problem} (at character ${this.position + 1})`);
  }
}
