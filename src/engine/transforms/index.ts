import { TRANSFORMS } from '../../spec/transforms/transform-rules';
import type { TransformSpec } from '../../spec/transforms/transform-spec';
import type { BatchOperation } from '../batch';
import { type ApplyToBatch, compileOperations, operation, type Operation } from '../compile-operations';
import { compileCast } from './cast';
import { compileChangeCase } from './change-case';
import { compileDerive } from './derive';
import { compileDrop } from './drop';
import { compileFillMissing } from './fill-missing';
import { compileFilter } from './filter';
import { compileFormatDate } from './format-date';
import { compileKeep } from './keep';
import { compileRename } from './rename';
import { compileReplace } from './replace';
import { compileTrim } from './trim';

type Type = TransformSpec['type'];
type SpecOf<T extends Type> = Extract<TransformSpec, { type: T }>;

/** What each transform does to a batch; what it does to the header stands in its rule. */
const COMPILERS: { readonly [T in Type]: (spec: SpecOf<T>, header: readonly string[]) => ApplyToBatch } = {
  trim: compileTrim,
  rename: compileRename,
  drop: compileDrop,
  keep: compileKeep,
  'fill-missing': compileFillMissing,
  replace: compileReplace,
  'change-case': compileChangeCase,
  cast: compileCast,
  'format-date': compileFormatDate,
  derive: compileDerive,
  filter: compileFilter,
};

/**
 * Compiles transforms for a header (`_row` left out). Throws PipelineError `unknown-column` or `duplicate-label` where
 * one of them does not fit the columns that it finds.
 */
export function compileTransforms(
  specs: readonly TransformSpec[],
  header: readonly string[],
): BatchOperation {
  return compileOperations(specs.map(operationOf), header);
}

function operationOf<T extends Type>(spec: SpecOf<T>, index: number): Operation {
  const type: T = spec.type as T;
  return operation<SpecOf<T>>(`transforms[${index}] (${type})`, TRANSFORMS[type], spec, COMPILERS[type]);
}
