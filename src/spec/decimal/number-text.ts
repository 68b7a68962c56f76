/** How numbers are written in a field, see FieldSpec. */
export interface NumberNotation {
  /** `.` where absent. */
  readonly decimalChar?: string;
  /** None where absent. */
  readonly groupChar?: string;
  /** False: text around the number is allowed. True where absent. */
  readonly bareNumber?: boolean;
}

const DIGIT = /[0-9]/;
const LETTER = /\p{L}/u;

/**
 * Rewrites a number of the given notation as parseDecimal reads it: `1.234,50` -> `1234.50`. Undefined where it cannot
 * be one: a group character that does not stand between two digits of the whole part, a `.` that is not the decimal
 * character, no digit at all.
 */
export function plainNumber(text: string, notation: NumberNotation): string | undefined {
  const { decimalChar = '.', groupChar, bareNumber = true } = notation;
  const bare = bareNumber ? text : withoutSurroundings(text, decimalChar);
  const point = bare.indexOf(decimalChar);
  const whole = point < 0 ? bare : bare.slice(0, point);
  const rest = point < 0 ? '' : bare.slice(point + decimalChar.length);
  const ungrouped = groupChar === undefined ? whole : withoutGroups(whole, groupChar);
  if (ungrouped === undefined) return undefined;
  // A point that is neither decimal character nor group character would be taken for one of ours.
  if (ungrouped.includes('.') || rest.includes('.')) return undefined;
  return point < 0 ? ungrouped : `${ungrouped}.${rest}`;
}

function withoutGroups(whole: string, groupChar: string): string | undefined {
  const groups = whole.split(groupChar);
  const outer = groups.length - 1;
  for (let index = 0; index < outer; index++) {
    if (!DIGIT.test(groups[index].slice(-1)) || !DIGIT.test(groups[index + 1].slice(0, 1))) return undefined;
  }
  return groups.join('');
}

/**
 * Takes off what stands before the first digit and after the last one (`$ 1.50`, `95%`, `Rs.500`). A sign counts where
 * the cell begins with it or it stands directly at the number; a decimal character at the first digit counts unless a
 * letter stands before it.
 */
function withoutSurroundings(text: string, decimalChar: string): string {
  const first = text.search(DIGIT);
  if (first < 0) return '';
  let last = text.length - 1;
  while (!DIGIT.test(text[last])) last--;
  let before = text.slice(0, first);
  let number = text.slice(first, last + 1);
  if (before.endsWith(decimalChar) && !LETTER.test(before.slice(0, -decimalChar.length).slice(-1))) {
    number = decimalChar + number;
    before = before.slice(0, -decimalChar.length);
  }
  const negative = before.trimStart().startsWith('-') || before.endsWith('-');
  return negative ? `-${number}` : number;
}
