import type { Case } from './cases';

/** Cases that the engine means to read otherwise. */
export interface Difference {
  readonly set: string;
  /** What the names of the cases have in them. */
  readonly cases: RegExp;
  readonly why: string;
}

const PYTHON = 'Python csv';
const FIELDS = 'Frictionless fields';
const PAPAPARSE = 'papaparse';
const CLEVERCSV = 'CleverCSV';
const DETECTION = 'CleverCSV detection';

export const DIFFERENCES: readonly Difference[] = [
  {
    set: PYTHON,
    cases: /^test_read_eof: \['(a,"|"a)'\] \{\}/,
    why: 'A quote that is open at the end fails the file (`unclosed-quote`): what was cut off is not told from what was meant. Python does so when `strict` is set.',
  },
  {
    set: PYTHON,
    cases: /^test_read_eof: \['\^'\]|^test_read_escape: \['a,"b,c"\\\\'\]/,
    why: 'An escape at the very end of a file makes nothing literal, and stands for itself. Python has it escape a line end that is not there.',
  },
  {
    set: PYTHON,
    cases: /^test_read_eol/,
    why: "Python's reader takes lines, and refuses a line with a line end in it. To us they are two records.",
  },
  {
    set: PYTHON,
    cases: /^test_read_nul/,
    why: 'A file with a NUL is not text (`encoding-error`), with its byte and record.',
  },
  {
    set: PYTHON,
    cases: /^test_read_oddinputs: \[(''|)\]/,
    why: 'A file without any record fails as `empty-file`, since it lacks its header.',
  },
  {
    set: PYTHON,
    cases: /^test_read_oddinputs: \['"ab"c'\]/,
    why: 'Text behind a closing quote belongs to the cell, as in Python without `strict`.',
  },
  {
    set: PYTHON,
    cases: /^test_read_bigfield/,
    why: "The case sets Python's own limit of a cell; ours is `limits.maxFieldBytes`.",
  },
  {
    set: FIELDS,
    cases: /as 'any' \{\}$/,
    why: 'The format `any` of dates takes ISO 8601 and other notations of numbers alone. Words in English would be a guess.',
  },
  {
    set: FIELDS,
    cases: /as 'invalid'/,
    why: 'A format that no value can have is refused with the schema, and does not reject every row.',
  },
  {
    set: FIELDS,
    cases: /as 'fmt:/,
    why: 'The prefix `fmt:` has been no part of the specification since its version 1.0.',
  },
  {
    set: FIELDS,
    cases: /^(integer|number), \w+: ' 01 '/,
    why: 'Blanks around a number are no part of its lexical form (XML Schema, to which the specification refers): `Transform.trim`.',
  },
  {
    set: FIELDS,
    cases: /as 'wkt'/,
    why: 'The format `wkt` of texts is an extension of that framework, and not in the specification.',
  },
  {
    set: CLEVERCSV,
    cases: /builtin_1$/,
    why: 'A file without any record fails as `empty-file`, since it lacks its header.',
  },
  {
    set: CLEVERCSV,
    cases: /builtin_[56]$|quote_mismatch_[34]$/,
    why: 'A quote that is open at the end fails the file (`unclosed-quote`): what was cut off is not told from what was meant.',
  },
  {
    set: CLEVERCSV,
    cases: /builtin_[79]$/,
    why: 'An escape makes the next character literal, whichever it is, as in Python.',
  },
  {
    set: CLEVERCSV,
    cases: /builtin_11$/,
    why: 'An escape at the very end of a file makes nothing literal, and stands for itself. CleverCSV drops it.',
  },
  {
    set: CLEVERCSV,
    cases: /differ_2$/,
    why: 'Text behind a closing quote belongs to the cell, and the quotes around the rest do not, as in Python.',
  },
  {
    set: CLEVERCSV,
    cases: /no_delim_[456]$|quote_mismatch_1$/,
    why: 'A quote inside an unquoted cell is a character like others (RFC 4180, section 2.5). CleverCSV takes line ends behind it for part of the cell.',
  },
  {
    set: CLEVERCSV,
    cases: /other_[456]$/,
    why: 'A blank record has one cell, which is empty; CleverCSV gives a record without cells. Checked against a header, it is a `blank-row`.',
  },
  {
    set: DETECTION,
    cases: /^test_(delimiters|detect): (delimiter|quoteChar) of "'?Harry''?s/,
    why: 'Comma, semicolon, tab and vertical bar are tried: a colon or a plus stands in times and numbers far more often than between cells.',
  },
  {
    set: DETECTION,
    cases: /^test_has_header\w*: header of "Harry's/,
    why: 'Nothing but texts, all different, is taken for a header; dates with years of two digits are texts.',
  },
  {
    set: PAPAPARSE,
    cases: /has no closing quote$/,
    why: 'A quote that is open at the end fails the file as `unclosed-quote`. papaparse reports `MissingQuotes`.',
  },
  {
    set: PAPAPARSE,
    cases: /has invalid trailing quote/,
    why: "Text behind a closing quote belongs to the cell, as in Python's csv and RFC 4180 parsers of most languages; papaparse looks for a later quote, and reports `InvalidQuotes`.",
  },
  {
    set: PAPAPARSE,
    cases: /Empty input string$|comment lines$|only a commented line/,
    why: 'A file without any record fails as `empty-file`.',
  },
  {
    set: PAPAPARSE,
    cases: /with empty fields$|blank line at end$|Blank lines at end$|: Empty lines$/,
    why: 'A final line end is no record (RFC 4180, section 2.2). papaparse gives one more, with one empty cell.',
  },
  {
    set: PAPAPARSE,
    cases: /Quoted fields with spaces (between|after) closing quote/,
    why: 'Blanks behind a closing quote belong to the cell, and are kept: `Transform.trim`.',
  },
  {
    set: PAPAPARSE,
    cases: /Mixed slash n and slash r/,
    why: 'CR, LF and CRLF end a record each, also where they are mixed. papaparse takes the first for the only one.',
  },
  {
    set: PAPAPARSE,
    cases: /Custom escape character not used for escaping$/,
    why: 'An escape makes the next character literal, whichever it is.',
  },
];

/** Cases that ask for what is no part of the set's kind. */
export const NOT_APPLICABLE: readonly Difference[] = [
  {
    set: CLEVERCSV,
    cases: /mix_double_escape_1$/,
    why: 'doubled quotes and an escape at once, which exclude each other in a dialect',
  },
  {
    set: PAPAPARSE,
    cases: /guessed correctly/,
    why: 'guesses the delimiter: `Dialect.detect()` is told what to look for, and is tested by cases of its own',
  },
];

export function matching(list: readonly Difference[], { set, name }: Case): Difference | undefined {
  return list.find((each) => each.set === set && each.cases.test(name));
}
