import { compileDateFormat } from '../../spec/dates';
import type { FormatDateSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { CellProblem, rewriteTexts } from './rewrite-column';

/** Writes dates in another format; a cell that is no date in the first one rejects its row. */
export function compileFormatDate(spec: FormatDateSpec, header: readonly string[]): ApplyToBatch {
  const input = compileDateFormat(spec.inputFormat);
  const output = compileDateFormat(spec.outputFormat);
  return rewriteTexts(header, spec.column, (text) => {
    const value = input.parse(text);
    return value
      ? output.format(value)
      : new CellProblem(`${JSON.stringify(text)} is not a date as ${spec.inputFormat}`);
  });
}
