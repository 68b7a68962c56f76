/** A list of cells as pairs of positions, 8 bytes a cell: for records of any width. */
export class CellList {
  /** Cells in use; may be set back. */
  length = 0;
  private positions = new Int32Array(64);

  push(start: number, end: number): void {
    if (this.length * 2 === this.positions.length) {
      const grown = new Int32Array(this.positions.length * 2);
      grown.set(this.positions);
      this.positions = grown;
    }
    this.positions[this.length * 2] = start;
    this.positions[this.length * 2 + 1] = end;
    this.length++;
  }

  start(index: number): number {
    return this.positions[index * 2];
  }

  end(index: number): number {
    return this.positions[index * 2 + 1];
  }

  setEnd(index: number, end: number): void {
    this.positions[index * 2 + 1] = end;
  }
}
