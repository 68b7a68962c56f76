import type { OPERATION_CODES } from './operation-codes';
import type { PlanBuilder } from './plan-builder';
import type { PlanColumn } from './plan-column';
import { ROUNDINGS } from '../../../spec/decimal';
import type { Rounding } from '../../../spec/transforms/transform-spec';

/** Digits behind the point at most, see registers.ts of the assembly. */
export const MOST_SCALE = 18;
/** No number in the kernel is written longer. */
const MOST_NUMBER_BYTES = 40;

/** The number of a rounding in the kernel: its place among the names. */
export function roundingCode(rounding: Rounding = 'half-even'): number {
  return ROUNDINGS.indexOf(rounding);
}

/** Adds an operation that makes one register of another. */
export function emitNumber(
  builder: PlanBuilder,
  code: keyof typeof OPERATION_CODES,
  from: number,
  ...parameters: readonly number[]
): number {
  const to = builder.newRegister();
  builder.emit(code, from, to, ...parameters);
  return to;
}

/** Reads the numbers of a column into a register. */
export function readNumbers(builder: PlanBuilder, column: PlanColumn): number {
  return emitNumber(builder, 'readNumbers', builder.slotOf(column));
}

/** Makes a column of the canonical texts of a register's numbers. */
export function numberColumn(builder: PlanBuilder, register: number): PlanColumn {
  const slot = builder.slots.add();
  builder.emit('writeNumbers', register, slot);
  return { kind: 'slot', slot, most: MOST_NUMBER_BYTES, isPlain: true };
}
