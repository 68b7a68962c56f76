import { compileDateFormat } from '../../spec/dates';
import type { FormatDateSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { CellProblem, rewriteCells } from './rewrite-column';
import { numericDateRewrite, numericDateShape } from '../types/numeric-date';

/** Writes dates in another format; a cell that is no date in the first one rejects its row. */
export function compileFormatDate(spec: FormatDateSpec, header: readonly string[]): ApplyToBatch {
  const input = compileDateFormat(spec.inputFormat);
  const output = compileDateFormat(spec.outputFormat);
  // Where both are digits in fixed places, the digits are moved; only other cells are read as text.
  const shape = numericDateShape(spec.inputFormat);
  const move = numericDateRewrite(spec.inputFormat, spec.outputFormat);
  return rewriteCells(header, spec.column, {
    bytes: (data, start, end) => (move && shape?.(data, start, end) ? move(data, start) : undefined),
    text: (text) => {
      const value = input.parse(text);
      return value
        ? output.format(value)
        : new CellProblem(`${JSON.stringify(text)} is not a date as ${spec.inputFormat}`);
    },
  });
}
