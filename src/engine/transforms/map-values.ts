import type { MapValuesSpec, OtherValueSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { CellProblem, rewriteTexts } from './rewrite-column';

/** Replaces whole cells by a table of values. */
export function compileMapValues(spec: MapValuesSpec, header: readonly string[]): ApplyToBatch {
  const values = new Map(spec.values.map(({ from, to }) => [from, to]));
  const other = otherValue(spec.otherwise);
  return rewriteTexts(header, spec.column, (text) => values.get(text) ?? other(text));
}

function otherValue(otherwise: OtherValueSpec): (text: string) => string | CellProblem {
  switch (otherwise.type) {
    case 'keep':
      return (text) => text;
    case 'reject':
      return (text) => new CellProblem(`${JSON.stringify(text)} is none of the values of the map`);
    case 'value':
      return () => otherwise.value;
  }
}
