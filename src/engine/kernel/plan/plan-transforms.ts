import { dateMoves } from './date-moves';
import { LookupEntries } from './lookup-entries';
import { emitNumber, MOST_SCALE, numberColumn, readNumbers, roundingCode } from './numbers';
import type { PlanBuilder } from './plan-builder';
import { planCondition, planNumber } from './plan-expression';
import { isWellFormed } from './well-formed';
import { parseExpression } from '../../../spec/expression/parse-expression';
import {
  EXTRA_PARTS,
  type CastSpec,
  type DeriveSpec,
  type MapValuesSpec,
  type TransformSpec,
} from '../../../spec/transforms/transform-spec';
import { booleanReader, FALSE_VALUES, TRUE_VALUES } from '../../../spec/values/boolean';
import { CellStore } from '../../enrichments/cell-store';
import { KeyTable } from '../../unique/key-table';
import { words } from '../words';

type SpecOf<T extends TransformSpec['type']> = Extract<TransformSpec, { type: T }>;
/** Plans a transform; false, with nothing done, where the kernel does not know how to do it. */
type PlanTransform<Spec> = (builder: PlanBuilder, spec: Spec) => boolean;

/** What the kernel knows of each transform. Those that are not here are the host's. */
const PLANS: { readonly [T in TransformSpec['type']]?: PlanTransform<SpecOf<T>> } = {
  trim: (builder, { columns }) => {
    for (const name of columns) trim(builder, name);
    return true;
  },
  rename: () => true,
  drop: (builder, { columns }) => {
    builder.columns = builder.columns.filter((_, index) => !columns.includes(builder.header[index]));
    return true;
  },
  keep: (builder, { columns }) => {
    builder.columns = columns.map((name) => builder.column(name));
    return true;
  },
  'fill-missing': (builder, { column, value }) => {
    const bytes = Buffer.from(value);
    return rewriteColumn(builder, column, 'fillMissing', [builder.memory.store(bytes), bytes.length]);
  },
  'change-case': (builder, { column, to }) =>
    rewriteColumn(builder, column, 'changeCase', [['upper', 'lower', 'title'].indexOf(to)]),
  replace: (builder, { column, search, replacement, pattern }) => {
    if (pattern || search === '' || !isWellFormed(search)) return false;
    return rewriteColumn(builder, column, 'replace', [builder.text(replacement), 0, builder.text(search)]);
  },
  mask: (builder, { column, keepFirst, keepLast, character }) => {
    const byte = character.charCodeAt(0);
    return byte < 0x80 && rewriteColumn(builder, column, 'mask', [keepFirst, keepLast, byte]);
  },
  'map-values': (builder, spec) => mapValues(builder, spec),
  split: (builder, { column, separator, into, extra }) => {
    if (separator === '' || !isWellFormed(separator)) return false;
    const source = builder.slotOf(builder.column(column));
    const slots = into.map((name) => {
      const slot = builder.slots.add();
      builder.setColumn(name, { kind: 'slot', slot, most: 'any', isPlain: false });
      return slot;
    });
    const list = builder.memory.store(words(slots));
    builder.emit('split', source, list, EXTRA_PARTS.indexOf(extra), slots.length, builder.text(separator));
    return true;
  },
  concatenate: (builder, { column, columns, separator }) => {
    const slots = columns.map((name) => builder.slotOf(builder.column(name)));
    const slot = builder.slots.add();
    const list = builder.memory.store(words(slots));
    builder.emit('joinCells', 0, slot, list, slots.length, builder.text(separator));
    builder.setColumn(column, { kind: 'slot', slot, most: 'any', isPlain: false });
    return true;
  },
  'format-date': (builder, { column, inputFormat, outputFormat }) =>
    moveDates(builder, column, inputFormat, outputFormat),
  round: (builder, { column, scale, rounding }) => {
    if (scale > MOST_SCALE) return false;
    const numbers = readNumbers(builder, builder.column(column));
    const rounded = emitNumber(builder, 'round', numbers, scale, roundingCode(rounding));
    builder.setColumn(column, numberColumn(builder, rounded));
    return true;
  },
  cast: (builder, spec) => cast(builder, spec),
  derive: (builder, spec) => derive(builder, spec),
  filter: (builder, { expression }) => {
    const condition = planCondition(parseExpression(expression));
    if (!condition) return false;
    builder.emit('filter', condition(builder), 0);
    return true;
  },
};

/** Plans a transform for the kernel; false where it does not know how to do it. */
export function planTransform<T extends TransformSpec['type']>(
  builder: PlanBuilder,
  spec: SpecOf<T>,
): boolean {
  const type: T = spec.type as T;
  return PLANS[type]?.(builder, spec) ?? false;
}

/** What is left of a cell is no longer than it, and needs no quotes where it needs none. */
function trim(builder: PlanBuilder, name: string): void {
  const column = builder.column(name);
  const others = {
    most: column.kind === 'source' ? { partsOf: column.index } : ('any' as const),
    isPlain: false,
  };
  const { most, isPlain } = column.kind === 'slot' ? column : others;
  builder.setColumn(name, builder.rewrite('trim', column, most, [], isPlain));
}

function rewriteColumn(
  builder: PlanBuilder,
  name: string,
  code: Parameters<PlanBuilder['rewrite']>[0],
  parameters: readonly number[],
): boolean {
  builder.setColumn(name, builder.rewrite(code, builder.column(name), 'any', parameters));
  return true;
}

function moveDates(builder: PlanBuilder, name: string, inputFormat: string, outputFormat: string): boolean {
  const moves = dateMoves(inputFormat, outputFormat);
  if (!moves) return false;
  const { table, width, isPlain } = moves;
  const parameters = [0, 0, builder.memory.store(table)];
  const column = builder.rewrite('formatDates', builder.column(name), width, parameters, isPlain);
  builder.setColumn(name, column);
  return true;
}

/** What becomes of values that a map does not have, see lookup.ts of the assembly. */
const OTHERWISE = { keep: 0, reject: 1, value: 2 };

function mapValues(builder: PlanBuilder, { column, values, otherwise }: MapValuesSpec): boolean {
  // The last one of equal values counts, as in a Map.
  const map = new Map(values.filter(({ from }) => isWellFormed(from)).map(({ from, to }) => [from, to]));
  const cells = new CellStore(1);
  for (const text of map.values()) {
    const bytes = Buffer.from(text);
    cells.pushBytes(bytes, 0, bytes.length);
  }
  const other = otherwise.type === 'value' ? otherwise.value : undefined;
  const entries = new LookupEntries(builder.memory, { keys: KeyTable.of([...map.keys()]), cells }, 1, other);
  return rewriteColumn(builder, column, 'mapValues', [OTHERWISE[otherwise.type], 0, entries.directory]);
}

function derive(builder: PlanBuilder, { column, expression, scale, rounding }: DeriveSpec): boolean {
  const node = parseExpression(expression);
  // A cell that stands alone is a text, unless it is rounded.
  if ((scale ?? 0) > MOST_SCALE || (scale === undefined && node.kind === 'column')) return false;
  const number = planNumber(node, { scale, rounding });
  if (!number) return false;
  const exact = number(builder);
  const result =
    scale === undefined ? exact : emitNumber(builder, 'round', exact, scale, roundingCode(rounding));
  builder.setColumn(column, numberColumn(builder, result));
  return true;
}

function cast(builder: PlanBuilder, spec: CastSpec): boolean {
  const { column, to, inputFormat } = spec;
  switch (to) {
    case 'string':
      return true;
    case 'integer':
    case 'number': {
      const { decimalChar = '.', groupChar, bareNumber = true } = spec;
      if (decimalChar !== '.' || groupChar !== undefined || !bareNumber) return false;
      const numbers = readNumbers(builder, builder.column(column));
      const fitting = to === 'number' ? numbers : emitNumber(builder, 'wholeNumbers', numbers);
      builder.setColumn(column, numberColumn(builder, fitting));
      return true;
    }
    case 'boolean': {
      const read = booleanReader(spec);
      const texts = [...(spec.trueValues ?? TRUE_VALUES), ...(spec.falseValues ?? FALSE_VALUES)];
      const values = texts.map((from) => ({ from, to: String(read(from)) }));
      return mapValues(builder, { type: 'map-values', column, values, otherwise: { type: 'reject' } });
    }
    case 'date':
      return moveDates(builder, column, inputFormat ?? '%Y-%m-%d', '%Y-%m-%d');
    case 'datetime': {
      // An offset is written where one was read: a letter of a pattern of its own is none.
      const zone = inputFormat === undefined ? 'Z' : '';
      return moveDates(builder, column, inputFormat ?? '%Y-%m-%dT%H:%M:%SZ', `%Y-%m-%dT%H:%M:%S${zone}`);
    }
  }
}
