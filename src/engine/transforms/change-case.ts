import type { ChangeCaseSpec } from '../../spec/transforms/transform-spec';
import type { ApplyToBatch } from '../compile-operations';
import { rewriteTexts } from './rewrite-column';

const WORD = /\p{L}[\p{L}\p{M}\p{N}'’]*/gu;

const CHANGES: Readonly<Record<ChangeCaseSpec['to'], (text: string) => string>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  title: (text) => text.replace(WORD, titled),
};

function titled(word: string): string {
  const [first] = word;
  return first.toUpperCase() + word.slice(first.length).toLowerCase();
}

/** Changes the case of letters by Unicode's rules that hold in every language. */
export function compileChangeCase(spec: ChangeCaseSpec, header: readonly string[]): ApplyToBatch {
  return rewriteTexts(header, spec.column, CHANGES[spec.to]);
}
