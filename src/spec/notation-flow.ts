import { columnsOf, type ColumnNode } from './expression/expression';
import { orderedColumnsOf } from './expression/ordered-columns';
import { parseExpression } from './expression/parse-expression';
import { moveColumns } from './move-columns';
import type { PipelineSpec } from './pipeline-spec';
import { shown, type SpecProblem } from './spec-error';
import type { CastSpec, TransformSpec } from './transforms/transform-spec';
import {
  dateCast,
  isOutOfOrder,
  notationOf,
  notationText,
  numberCast,
  type WrittenCells,
} from './written-cells';

/** Says of a column of an expression what is wrong, if anything is. */
type Problem = Pick<SpecProblem, 'got' | 'expected'>;

/**
 * Follows how cells are written through the transforms, and says which expressions and casts would read them otherwise
 * than the schema does. Valid cells keep their source text, so `1.234` of a field with groupChar "." is 1234 to the
 * schema and 1.234 to an expression: a wrong number, of which no row would tell.
 */
export function notationProblems({
  schema,
  transforms,
}: Pick<PipelineSpec, 'schema' | 'transforms'>): SpecProblem[] {
  const problems: SpecProblem[] = [];
  const columns = new Map<string, WrittenCells>(schema?.fields.map((field) => [field.name, field]));
  transforms.forEach((transform, index) => {
    const place = `transforms[${index}]`;
    if (transform.type === 'derive' || transform.type === 'filter') {
      const found = expressionProblems(transform.expression, columns);
      problems.push(...found.map((problem) => ({ place: `${place}.expression`, ...problem })));
    }
    if (transform.type === 'cast') {
      const found = castProblem(transform, columns.get(transform.column));
      if (found) problems.push({ place, ...found });
    }
    if (transform.type === 'round') {
      const found = roundProblem(transform.column, columns.get(transform.column));
      if (found) problems.push({ place: `${place}.column`, ...found });
    }
    rewrite(columns, transform);
  });
  return problems;
}

function expressionProblems(expression: string, columns: ReadonlyMap<string, WrittenCells>): Problem[] {
  const node = parseExpression(expression);
  const read = firstOfEach(columnsOf(node)).flatMap(({ name, position }): Problem[] => {
    const cells = columns.get(name);
    if (!cells || notationOf(cells).length === 0) return [];
    return [
      {
        got: `the column ${shown(name)} at character ${position}, which is written with ${notationText(cells)}`,
        expected: `${numberCast(name, cells)} before it, since expressions read plain decimals`,
      },
    ];
  });
  const ordered = firstOfEach(orderedColumnsOf(node)).flatMap(({ name, position }): Problem[] => {
    const cells = columns.get(name);
    if (!cells || !isOutOfOrder(cells)) return [];
    return [
      {
        got: `a comparison of the column ${shown(name)} at character ${position}, whose format ${shown(cells.format)} is not in the order of time`,
        expected: dateCast(name, cells),
      },
    ];
  });
  return [...read, ...ordered];
}

/** Rounding reads plain decimals, as expressions do. */
function roundProblem(column: string, cells: WrittenCells | undefined): Problem | undefined {
  if (!cells || notationOf(cells).length === 0) return undefined;
  return {
    got: `the column ${shown(column)}, which is written with ${notationText(cells)}`,
    expected: `${numberCast(column, cells)} before it, since round reads plain decimals`,
  };
}

/** A cast that takes another character for the decimal character than the schema does. */
function castProblem(cast: CastSpec, cells: WrittenCells | undefined): Problem | undefined {
  if (!cells || notationOf(cells).length === 0) return undefined;
  const { decimalChar = '.', groupChar } = cells;
  const castDecimal = cast.decimalChar ?? '.';
  const misread =
    (cast.to === 'number' && castDecimal === groupChar) ||
    (cast.to === 'number' && cells.type === 'number' && castDecimal !== decimalChar) ||
    (cells.type === 'number' && cast.groupChar === decimalChar);
  if (!misread) return undefined;
  return {
    got: `a cast of the column ${shown(cast.column)}, which is written with ${notationText(cells)}, in another notation`,
    expected: numberCast(cast.column, cells),
  };
}

/** How the cells are written after a transform. */
function rewrite(columns: Map<string, WrittenCells>, transform: TransformSpec): void {
  if (moveColumns(columns, transform)) return;
  switch (transform.type) {
    case 'format-date':
      columns.set(transform.column, { type: 'datetime', format: transform.outputFormat });
      return;
    case 'convert-time-zone':
      columns.set(transform.column, { type: 'datetime', format: transform.outputFormat ?? 'default' });
      return;
    case 'cast':
      // A text is what the cell was before.
      if (transform.to !== 'string') columns.delete(transform.column);
      return;
    case 'derive':
    case 'replace':
    case 'concatenate':
    case 'map-values':
    case 'mask':
    case 'hash':
    case 'round':
      columns.delete(transform.column);
  }
}

function firstOfEach(nodes: readonly ColumnNode[]): ColumnNode[] {
  return nodes.filter(({ name }, index) => nodes.findIndex((node) => node.name === name) === index);
}
