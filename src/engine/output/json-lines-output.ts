import { formatDecimal, type Decimal } from '../../spec/decimal';
import type { OutputColumn } from '../../spec/output-columns';
import { valueReader } from '../../spec/values/value-reader';
import { cellText, type RecordBatch, ROW_KEPT } from '../batch';
import { isMissing } from '../cell-bytes';
import type { ByteSink } from '../engine';
import { outputError } from './output-error';
import type { OutputWriter } from './output-writer';
import { TextOutput } from './text-output';

/** The JSON of a cell; undefined where the cell is no value of its column. */
type ToJson = (text: string) => string | undefined;

/** A member of each line's object. */
interface Member {
  readonly name: string;
  /** `"name":`. */
  readonly key: string;
  readonly type: string;
  readonly json: ToJson;
}

/**
 * One JSON object a line (https://jsonlines.org/), with every column as a member. Numbers are written with all of their
 * digits; a missing cell is null.
 */
export class JsonLinesOutput implements OutputWriter {
  private readonly text: TextOutput;
  private readonly members: readonly Member[];

  constructor(columns: readonly OutputColumn[], sink: ByteSink) {
    this.text = new TextOutput(sink);
    this.members = columns.map(({ field }) => ({
      name: field.name,
      key: `${JSON.stringify(field.name)}:`,
      type: field.type,
      json: toJson({ field }),
    }));
  }

  writeBatch(batch: RecordBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      if (batch.state[row] === ROW_KEPT) this.text.writeLine(this.objectOf(batch, row));
    }
  }

  drain(): Promise<void> {
    return this.text.drain();
  }

  finish(): Promise<void> {
    return this.text.finish();
  }

  private objectOf({ columns, rowNumbers }: RecordBatch, row: number): string {
    const members = this.members.map(({ name, key, type, json }, index) => {
      const column = columns[index];
      if (isMissing(column, row)) return `${key}null`;
      const value = json(cellText(column, row));
      if (value === undefined) throw outputError(rowNumbers[row], name, `the cell is no ${type}`);
      return key + value;
    });
    return `{${members.join(',')}}`;
  }
}

function toJson({ field }: OutputColumn): ToJson {
  switch (field.type) {
    case 'integer':
    case 'number': {
      const values = valueReader(field);
      return (text) => {
        const value = values.read(text) as Decimal | number | undefined;
        if (typeof value === 'object') return formatDecimal(value);
        // JSON has no NaN and no infinity: they are texts.
        return value === undefined ? undefined : JSON.stringify(text);
      };
    }
    case 'boolean': {
      const values = valueReader(field);
      return (text) => {
        const value = values.read(text);
        return value === undefined ? undefined : String(value);
      };
    }
    default:
      return (text) => JSON.stringify(text);
  }
}
