import { formatsOf, GENERAL_CONSTRAINTS, ORDER_CONSTRAINTS, type ValueType } from './value-type';

/** XML Schema's gYear and gYearMonth without a time zone; at least four digits, no leading zero beyond them. */
const YEAR_TEXT = /^(-?(?:[0-9]{4}|[1-9][0-9]{4,8}))$/;
const YEARMONTH_TEXT = /^(-?(?:[0-9]{4}|[1-9][0-9]{4,8}))-(0[1-9]|1[0-2])$/;

function ordinalType(pattern: RegExp): ValueType {
  return {
    properties: [],
    constraints: [...GENERAL_CONSTRAINTS, ...ORDER_CONSTRAINTS],
    formatProblem: formatsOf(),
    reader: () => ({
      read: (text) => {
        const match = pattern.exec(text);
        return match ? Number(match[1]) * 12 + Number(match[2] ?? 1) : undefined;
      },
      compare: (a, b) => Number(a) - Number(b),
      key: String,
    }),
  };
}

export const YEAR = ordinalType(YEAR_TEXT);
export const YEARMONTH = ordinalType(YEARMONTH_TEXT);
