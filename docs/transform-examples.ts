import * as vm from 'node:vm';
import { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as api from '../src';
import { cellText, ColumnBuilder, RecordBatch, ROW_KEPT } from '../src/engine/batch';
import { compileTransforms } from '../src/engine/transforms';
import { DEFAULT_LIMITS } from '../src/spec/pipeline-spec';

/** A transform as a user writes it, and rows that show what it does. */
interface TransformExample {
  readonly call: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

/** Each transform once; what becomes of the rows is found out by the engine. */
const EXAMPLES: readonly TransformExample[] = [
  { call: "Transform.trim('name')", columns: ['name'], rows: [[' Ada ']] },
  { call: "Transform.rename('nm', 'name')", columns: ['nm'], rows: [['Ada']] },
  { call: "Transform.drop('note')", columns: ['name', 'note'], rows: [['Ada', 'x']] },
  { call: "Transform.keep('city', 'name')", columns: ['name', 'note', 'city'], rows: [['Ada', 'x', 'Bonn']] },
  { call: "Transform.fillMissing('state', 'n/a')", columns: ['state'], rows: [['TX'], ['']] },
  { call: "Transform.replace('phone', '-', '')", columns: ['phone'], rows: [['555-01-99']] },
  {
    call: "Transform.replacePattern('phone', '([0-9]{3})-([0-9]+)', '($1) $2')",
    columns: ['phone'],
    rows: [['555-0199']],
  },
  { call: "Transform.changeCase('name', LetterCase.TITLE)", columns: ['name'], rows: [['ada LOVELACE']] },
  {
    call: "Transform.cast('amount', CastType.NUMBER, { decimalChar: ',', groupChar: '.' })",
    columns: ['amount'],
    rows: [['1.234,50'], ['n/a']],
  },
  { call: "Transform.formatDate('day', '%d/%m/%Y', '%Y-%m-%d')", columns: ['day'], rows: [['07/03/2024']] },
  {
    call: "Transform.derive('total', 'quantity * price', { scale: 2 })",
    columns: ['quantity', 'price'],
    rows: [
      ['3', '0.335'],
      ['', '0.335'],
    ],
  },
  { call: "Transform.filter('quantity > 0')", columns: ['quantity'], rows: [['3'], ['0'], ['']] },
  {
    call: "Transform.split('name', { separator: ', ', into: ['last', 'first'] })",
    columns: ['name'],
    rows: [['Lovelace, Ada'], ['Plato'], ['King, Ada, Countess']],
  },
  {
    call: "Transform.concatenate('name', { columns: ['first', 'middle', 'last'], separator: ' ' })",
    columns: ['first', 'middle', 'last'],
    rows: [
      ['Ada', '', 'Lovelace'],
      ['', '', ''],
    ],
  },
  {
    call: "Transform.mapValues('sex', { values: { F: 'female', M: 'male' }, otherwise: OtherValue.value('other') })",
    columns: ['sex'],
    rows: [['F'], ['m'], ['']],
  },
  {
    call: "Transform.mask('card', { keepLast: 4 })",
    columns: ['card'],
    rows: [['4111111111111111'], ['411']],
  },
  {
    call: "Transform.hash('email', { key })",
    columns: ['email'],
    rows: [['ada@example.org'], ['ada@example.org'], ['']],
  },
  {
    call: "Transform.round('price', { scale: 2 })",
    columns: ['price'],
    rows: [['2.345'], ['2.355'], ['-7'], ['12345678901234567890123456789012345.675']],
  },
  {
    call: "Transform.round('price', { scale: 2, rounding: RoundingMode.HALF_UP })",
    columns: ['price'],
    rows: [['2.345'], ['-2.345']],
  },
  {
    call: "Transform.deDuplicate({ columns: ['id'] })",
    columns: ['id', 'name'],
    rows: [
      ['1', 'Ada'],
      ['2', 'Plato'],
      ['1', 'Ada King'],
    ],
  },
  {
    call: "Transform.convertTimeZone('at', { source: 'Europe/Berlin', target: 'UTC' })",
    columns: ['at'],
    rows: [
      ['2024-01-15T12:00:00'],
      ['2024-07-15T12:00:00'],
      ['2024-07-15T12:00:00-05:00'],
      ['2024-10-27T02:30:00'],
      ['2024-03-31T02:30:00'],
    ],
  },
];

/** A row of a table of the documentation: call, rows before, rows after. */
export function transformRows(): string[][] {
  return EXAMPLES.map((example) => {
    const { call, columns, rows } = example;
    const after = outcome(example);
    return [code(call), lines([columns, ...rows]), lines(after)];
  });
}

function outcome({ call, columns, rows }: TransformExample): string[][] {
  const key = Secret.fromSecretNameV2(new Stack(), 'Key', 'prod/key');
  const transform = vm.runInNewContext(call, { ...api, key }) as api.Transform;
  const context = {
    uniqueBudgetBytes: DEFAULT_LIMITS.uniqueBudgetBytes,
    lastRows: new Map(),
    // Public, as everything in the example is.
    hashKeys: { [key.node.path]: 'an example' },
  };
  // Plain JSON: what was made in the other context has other prototypes.
  const spec = JSON.parse(JSON.stringify(transform._toSpec()));
  const operation = compileTransforms([spec], columns, context);
  const batch = new RecordBatch();
  batch.rows = rows.length;
  batch.columns = columns.map((_, column) => {
    const builder = new ColumnBuilder();
    rows.forEach((cells, row) => builder.setText(row, cells[column]));
    return builder;
  });
  operation.apply(batch);
  const after = rows.map((_, row) => {
    if (batch.state[row] === ROW_KEPT) return batch.columns.map((column) => cellText(column, row));
    const [error] = batch.errors.get(row) ?? [];
    return [error ? `(rejected: ${error.message})` : '(filtered)'];
  });
  return [[...operation.header], ...after];
}

function lines(rows: ReadonlyArray<readonly string[]>): string {
  return rows.map((cells) => code(cells.map((cell) => cell || ' ').join(' ¦ '))).join('<br>');
}

function code(text: string): string {
  return `\`${text}\``;
}
