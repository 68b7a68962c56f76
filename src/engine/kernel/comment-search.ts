/** Bytes that the kernel gets at once where a file may have comments: more than most batches take. */
const MOST_BYTES = 128 * 1024;

/** Finds out how far the kernel may read: it knows no comments, so that the host passes them. */
export class CommentSearch {
  private readonly begins: readonly Buffer[];

  constructor(private readonly comment: string) {
    this.begins = ['\n', '\r'].map((newline) => Buffer.from(newline + comment));
  }

  /** Where the text has to end that begins at `from`, which may be there, and goes to `to` at most. */
  end(bytes: Buffer, from: number, to: number): number {
    if (bytes[from] === this.comment.charCodeAt(0)) return from;
    let text = bytes.subarray(from, Math.min(to, from + MOST_BYTES));
    for (const begin of this.begins) {
      const place = text.indexOf(begin);
      // The newline still belongs to the record before. In quotes it is none, and the record is left to the host.
      if (place >= 0) text = text.subarray(0, place + 1);
    }
    return from + text.length;
  }
}
