import {
  BATCH_ROWS,
  cellText,
  ColumnBuilder,
  RecordBatch,
  ROW_FILTERED,
  ROW_KEPT,
  ROW_REJECTED,
} from '../../src/engine/batch';

describe('ColumnBuilder', () => {
  it('holds texts and bytes, also more than it has room for at first', () => {
    const column = new ColumnBuilder();
    const texts = Array.from({ length: BATCH_ROWS }, (_, row) => `ä${'x'.repeat(row % 90)}`);
    texts.forEach((text, row) => {
      const data = Buffer.from(`<${text}>`);
      if (row % 2 === 0) column.setText(row, text);
      else column.setBytes(row, data, 1, data.length - 1);
    });
    expect(texts.map((_text, row) => cellText(column, row))).toEqual(texts);
  });

  it('uses its memory again after a reset', () => {
    const column = new ColumnBuilder();
    column.setText(0, 'first');
    const { data } = column;
    column.reset();
    column.setText(0, 'second');
    expect(column.data).toBe(data);
    expect(cellText(column, 0)).toBe('second');
  });
});

describe('RecordBatch', () => {
  it('keeps all errors of a row in the order in which they came', () => {
    const batch = new RecordBatch();
    const first = { column: 'a', code: 'type-error', message: 'x' } as const;
    const second = { column: 'b', code: 'constraint-error', message: 'y' } as const;
    batch.reject(3, first);
    batch.reject(3, second);
    expect(batch.errors.get(3)).toEqual([first, second]);
    expect([...batch.state.subarray(2, 4)]).toEqual([ROW_KEPT, ROW_REJECTED]);
  });

  it('forgets what happened to its rows with a reset', () => {
    const batch = new RecordBatch();
    batch.rows = 2;
    batch.filter(0);
    batch.reject(1, { column: '', code: 'blank-row', message: '' });
    expect([...batch.state.subarray(0, 2)]).toEqual([ROW_FILTERED, ROW_REJECTED]);
    batch.reset();
    expect(batch.rows).toBe(0);
    expect(batch.errors.size).toBe(0);
    expect([...batch.state.subarray(0, 2)]).toEqual([ROW_KEPT, ROW_KEPT]);
  });
});
