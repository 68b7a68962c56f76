import { formatsOf, GENERAL_CONSTRAINTS, ORDER_CONSTRAINTS, type ValueType } from './value-type';
import { compare } from '../decimal/arithmetic';
import { formatDecimal, parseDecimal, type Decimal } from '../decimal/decimal';
import { plainNumber } from '../decimal/number-text';

/** Values of a number that are no decimal number; their case is not respected. */
const SPECIAL: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };

type NumberValue = Decimal | number;

/** Orders special values around all decimals, which stand at zero among them; NaN has no order. */
function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (typeof a === 'object' && typeof b === 'object') return compare(a, b);
  const [left, right] = [typeof a === 'object' ? 0 : a, typeof b === 'object' ? 0 : b];
  return left === right ? 0 : left - right;
}

/** 1.5 and 1.50 are one value. */
export function decimalKey(value: Decimal): string {
  const text = formatDecimal(value);
  return value.scale === 0 ? text : text.replace(/\.?0+$/, '');
}

export const NUMBER: ValueType = {
  properties: ['decimalChar', 'groupChar', 'bareNumber'],
  constraints: [...GENERAL_CONSTRAINTS, ...ORDER_CONSTRAINTS],
  formatProblem: formatsOf(),
  reader: (field) => ({
    read: (text) => {
      const special = text.toLowerCase();
      if (Object.hasOwn(SPECIAL, special)) return SPECIAL[special];
      const plain = plainNumber(text, field);
      return plain === undefined ? undefined : parseDecimal(plain);
    },
    compare: compareNumbers,
    key: (value: NumberValue) => (typeof value === 'object' ? decimalKey(value) : String(value)),
  }),
};

const INTEGER_TEXT = /^[+-]?[0-9]+$/;

export const INTEGER: ValueType = {
  properties: ['groupChar', 'bareNumber'],
  constraints: [...GENERAL_CONSTRAINTS, ...ORDER_CONSTRAINTS],
  formatProblem: formatsOf(),
  reader: ({ groupChar, bareNumber }) => {
    // An integer has no decimal character: what is left of one makes the text no integer.
    const notation = { groupChar, bareNumber, decimalChar: groupChar === '.' ? ',' : '.' };
    return {
      read: (text) => {
        const plain = plainNumber(text, notation);
        return plain !== undefined && INTEGER_TEXT.test(plain) ? parseDecimal(plain) : undefined;
      },
      compare,
      key: decimalKey,
    };
  },
};
