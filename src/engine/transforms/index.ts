import { TRANSFORMS } from '../../spec/transforms/transform-rules';
import type { TransformSpec } from '../../spec/transforms/transform-spec';
import type { BatchOperation } from '../batch';
import { type ApplyToBatch, compileOperations, operation, type Operation } from '../compile-operations';
import { compileCast } from './cast';
import { compileChangeCase } from './change-case';
import { compileConcatenate } from './concatenate';
import { compileConvertTimeZone } from './convert-time-zone';
import { compileDeDuplicate } from './de-duplicate';
import { compileDerive } from './derive';
import { compileDrop } from './drop';
import { compileFillMissing } from './fill-missing';
import { compileFilter } from './filter';
import { compileFormatDate } from './format-date';
import { compileHash } from './hash';
import { compileKeep } from './keep';
import { compileMapValues } from './map-values';
import { compileMask } from './mask';
import { compileRename } from './rename';
import { compileReplace } from './replace';
import { compileRound } from './round';
import { compileSplit } from './split';
import type { TransformContext } from './transform-context';
import { compileTrim } from './trim';

type Type = TransformSpec['type'];
type SpecOf<T extends Type> = Extract<TransformSpec, { type: T }>;

/** `place` is that of the transform in the list. */
type Compiler<Spec> = (
  spec: Spec,
  header: readonly string[],
  context: TransformContext,
  place: number,
) => ApplyToBatch;

/** What each transform does to a batch; what it does to the header stands in its rule. */
const COMPILERS: { readonly [T in Type]: Compiler<SpecOf<T>> } = {
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
  split: compileSplit,
  concatenate: compileConcatenate,
  'map-values': compileMapValues,
  mask: compileMask,
  hash: compileHash,
  round: compileRound,
  'de-duplicate': compileDeDuplicate,
  'convert-time-zone': compileConvertTimeZone,
};

/**
 * Compiles transforms for a header (`_row` left out). Throws PipelineError `unknown-column` or `duplicate-label` where
 * one of them does not fit the columns that it finds.
 */
export function compileTransforms(
  specs: readonly TransformSpec[],
  header: readonly string[],
  context: TransformContext,
): BatchOperation {
  return compileOperations(
    specs.map((spec, place) => operationOf(spec, place, context)),
    header,
  );
}

function operationOf<T extends Type>(spec: SpecOf<T>, place: number, context: TransformContext): Operation {
  const type: T = spec.type as T;
  return operation<SpecOf<T>>(`transforms[${place}] (${type})`, TRANSFORMS[type], spec, (one, header) =>
    COMPILERS[type](one, header, context, place),
  );
}
