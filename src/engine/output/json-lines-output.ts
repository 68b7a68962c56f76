import type { OutputColumn } from '../../spec/output-columns';
import { type RecordBatch, ROW_KEPT } from '../batch';
import type { ByteSink } from '../engine';
import { JSON_CELL_BYTES, MOST_JSON_BYTES, type WriteJson, writeJson } from './json-cells';
import { outputError } from './output-error';
import type { OutputWriter } from './output-writer';
import { ByteWriter } from '../write/byte-writer';

/** A member of each line's object. */
interface Member {
  readonly name: string;
  readonly type: string;
  /** `"name":` with what stands before it. */
  readonly key: Buffer;
  readonly write: WriteJson;
}

const NULL = Buffer.from('null');
const END = Buffer.from('}\n');

/**
 * One JSON object a line (https://jsonlines.org/), with every column as a member. Numbers are written with all of their
 * digits; a missing cell is null.
 */
export class JsonLinesOutput implements OutputWriter {
  private readonly bytes: ByteWriter;
  private readonly members: readonly Member[];

  constructor(columns: readonly OutputColumn[], sink: ByteSink) {
    this.bytes = new ByteWriter(sink);
    this.members = columns.map(({ field }, index) => ({
      name: field.name,
      type: field.type,
      key: Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(field.name)}:`),
      write: writeJson(field),
    }));
  }

  writeBatch(batch: RecordBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_KEPT) this.writeRow(batch, row);
    }
  }

  async drain(): Promise<void> {
    await this.bytes.drain();
  }

  finish(): Promise<void> {
    return this.bytes.flush();
  }

  private writeRow({ columns, rowNumbers }: RecordBatch, row: number): void {
    const { bytes, members } = this;
    for (let index = 0; index < members.length; index++) {
      const { key, write, name, type } = members[index];
      const { data, start, end } = columns[index];
      const from = start[row];
      const to = end[row];
      bytes.reserve(key.length + JSON_CELL_BYTES + (to - from) * MOST_JSON_BYTES);
      this.append(key);
      if (from === to) {
        this.append(NULL);
      } else if (!write(data, from, to, bytes)) {
        throw outputError(rowNumbers[row], name, `the cell is no ${type}`);
      }
    }
    bytes.reserve(END.length);
    this.append(END);
  }

  private append(piece: Buffer): void {
    const { chunk } = this.bytes;
    let put = this.bytes.length;
    for (let at = 0; at < piece.length; at++) chunk[put++] = piece[at];
    this.bytes.length = put;
  }
}
