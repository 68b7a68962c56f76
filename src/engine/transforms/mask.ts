import type { MaskSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { rewriteTexts } from './rewrite-column';

/** Hides the characters of a cell but for some at its ends. A cell that is no longer than those is hidden whole. */
export function compileMask(spec: MaskSpec, header: readonly string[]): ApplyToBatch {
  const { keepFirst, keepLast, character } = spec;
  return rewriteTexts(header, spec.column, (text) => {
    const characters = [...text];
    const hidden = characters.length - keepFirst - keepLast;
    if (hidden <= 0) return character.repeat(characters.length);
    const last = characters.slice(characters.length - keepLast);
    return [...characters.slice(0, keepFirst), character.repeat(hidden), ...last].join('');
  });
}
