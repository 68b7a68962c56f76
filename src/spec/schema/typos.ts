import { nearName } from '../near-name';
import type { SpecReader } from '../spec-reader';

/**
 * Reports unknown properties that look like a known one with a typo. Any other unknown property is accepted, since
 * Table Schema lets descriptors carry properties of their own.
 */
export function checkTypos(reader: SpecReader, known: readonly string[]): void {
  for (const name of reader.names().filter((property) => !known.includes(property))) {
    const near = nearName(name, known);
    if (near !== undefined) reader.problem(name, 'an unknown property', `${near}`);
  }
}
