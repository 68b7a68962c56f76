import type { OperationRule } from '../operation-rule';
import { CAST } from './cast';
import { CHANGE_CASE } from './change-case';
import { CONCATENATE } from './concatenate';
import { CONVERT_TIME_ZONE } from './convert-time-zone';
import { DE_DUPLICATE } from './de-duplicate';
import { DERIVE } from './derive';
import { DROP } from './drop';
import { FILL_MISSING } from './fill-missing';
import { FILTER } from './filter';
import { FORMAT_DATE } from './format-date';
import { HASH } from './hash';
import { KEEP } from './keep';
import { MAP_VALUES } from './map-values';
import { MASK } from './mask';
import { RENAME } from './rename';
import { REPLACE } from './replace';
import { ROUND } from './round';
import { SPLIT } from './split';
import type { TransformSpec } from './transform-spec';
import { TRIM } from './trim';

/** The rule of every transform, by its type. */
export const TRANSFORMS: {
  readonly [Type in TransformSpec['type']]: OperationRule<Extract<TransformSpec, { type: Type }>>;
} = {
  trim: TRIM,
  rename: RENAME,
  drop: DROP,
  keep: KEEP,
  'fill-missing': FILL_MISSING,
  replace: REPLACE,
  'change-case': CHANGE_CASE,
  cast: CAST,
  'format-date': FORMAT_DATE,
  derive: DERIVE,
  filter: FILTER,
  split: SPLIT,
  concatenate: CONCATENATE,
  'map-values': MAP_VALUES,
  mask: MASK,
  hash: HASH,
  round: ROUND,
  'de-duplicate': DE_DUPLICATE,
  'convert-time-zone': CONVERT_TIME_ZONE,
};
