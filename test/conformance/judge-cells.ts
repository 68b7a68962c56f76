import type { CellCase, Verdict } from './cases';
import { SpecError, validateCsv } from '../../src/engine';
import { compare, parseDecimal } from '../../src/spec/decimal';

/** Validates a cell by its field, and compares what it is. */
export async function judgeCell({ field, cell, valid, value }: CellCase): Promise<Verdict> {
  const expected = valid ? `valid${value === null ? '' : `: ${value}`}` : 'no value';
  const schema = { fields: [{ name: 'a', ...field }, { name: 'b' }] };
  const csv = `a,b\n"${cell.replaceAll('"', '""')}",x\n`;
  let written = '';
  const output = { write: (chunk: Uint8Array) => void (written += Buffer.from(chunk).toString('utf8')) };
  try {
    const { counts } = await validateCsv(csv, schema, { output, format: { type: 'json-lines' } });
    if (counts.rowsRejected === 1) return verdict(!valid, 'no value', expected);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return { kind: 'differs', got: `the field is refused: ${error.message}`, expected };
  }
  const got = /^\{"a":(.*),"b":"x"\}\n$/s.exec(written)![1];
  if (got === 'null') return verdict(!valid, 'missing', expected);
  return verdict(valid && (value === null || isSame(got, value)), `valid: ${got}`, expected);
}

function isSame(got: string, value: string): boolean {
  const [a, b] = [parseDecimal(got), parseDecimal(value)];
  return a && b ? compare(a, b) === 0 : got === value || got === JSON.stringify(value);
}

function verdict(passed: boolean, got: string, expected: string): Verdict {
  return passed ? { kind: 'passed' } : { kind: 'differs', got, expected };
}
