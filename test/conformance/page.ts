import type { Difference } from './differences';
import { page, table } from '../../docs/page';

/** What came of the cases of a set. */
export interface SetResult {
  cases: number;
  passed: number;
  /** Why, once for each case. */
  readonly notApplicable: string[];
  /** Names of the cases that differ, by what explains them. */
  readonly differing: Map<Difference, string[]>;
}

const MOST_SHOWN = 70;

/** Where each set comes from. */
const SOURCES: Readonly<Record<string, string>> = {
  'Python csv':
    'every call of the reader in `test.test_csv` of the tests of Python 3.11, with what that Python makes of it',
  'Frictionless fields':
    'every text that the tests of the fields read, in the wheel of [`frictionless`](https://pypi.org/project/frictionless/) 5.21.0',
  CleverCSV:
    'every text that the tests of the parser read, in the source package of [`clevercsv`](https://pypi.org/project/clevercsv/) 0.8.5',
  'CleverCSV detection':
    'every delimiter, quote and header that the tests there have found out of a text: `Dialect.detect()`',
  'CSV on the Web':
    'the tables with metadata that [`rdf-parser-csvw`](https://www.npmjs.com/package/rdf-parser-csvw) 1.1.0 is tested with: dialect, null, default and dates of the metadata as schema and transforms here, and the texts of the triples as the cells of each row',
  papaparse:
    'what its tests parse from a text, in [`papaparse`](https://www.npmjs.com/package/papaparse) 5.7.1: `CORE_PARSER_TESTS` and `PARSE_TESTS`',
};

/** The text of docs/conformance.md. */
export function pageOf(results: ReadonlyMap<string, SetResult>): string {
  const rows = [...results].map(([set, { cases, passed, notApplicable, differing }]) => [
    set,
    SOURCES[set]!,
    String(cases),
    String(notApplicable.length),
    String([...differing.values()].flat().length),
    `**${passed} of ${cases - notApplicable.length}**`,
  ]);
  const body = [
    'What others have found worth testing, read by this engine. `.ci/conformance/run` fetches the sets, runs them, and fails',
    'where a case differs that is not explained below, or is explained and differs no more.',
    '',
    ...table(
      ['Set', 'Cases', 'In all', 'Not applicable', 'Read otherwise', 'Passed'],
      [
        [
          'csv-spectrum',
          'all files of [`csv-spectrum`](https://www.npmjs.com/package/csv-spectrum), in `npm test`',
          '12',
          '0',
          '0',
          '**12 of 12**',
        ],
        ...rows,
      ],
    ),
    '',
    'The cases of the Table Schema specification itself stand in `test/engine/types/specification.test.ts`, and those of the',
    "types in [table-schema.md](table-schema.md). The W3C's own tests of CSV on the Web are not run, since no package of npm or",
    'PyPI was found that carries them: looked at were `rdf-parser-csvw` (0.11.0 to 1.1.0: its tests without those of the W3C),',
    '`@zazuko/rdf-parser-csvw`, `barnard59-csvw`, `csvw` (1.11.0, 2.0.0, 3.1.3 and 4.1.1: their tests without the files),',
    '`csvw-functions` and `csvwlib`.',
    '',
    '## What is read otherwise, and why',
    '',
    ...table(
      ['Set', 'Cases', 'The first of them', 'Why'],
      [...results].flatMap(([set, { differing }]) =>
        [...differing].map(([{ why }, names]) => [set, String(names.length), shown(names[0]!), why]),
      ),
    ),
    '',
    '## What is not applicable',
    '',
    ...table(
      ['Set', 'Cases', 'They are about'],
      [...results].flatMap(([set, { notApplicable }]) =>
        [...new Set(notApplicable)]
          .sort()
          .map((why) => [set, String(notApplicable.filter((each) => each === why).length), why]),
      ),
    ),
  ];
  const made = { by: 'test/conformance/run.ts', how: '.ci/conformance/run --write' };
  return page('Public sets of cases', 'test/conformance/differences.ts', body, made);
}

/** The beginning of a case's name, which may be the whole of its CSV. */
function shown(name: string): string {
  const text = name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}...` : name;
  return `\`${text.replaceAll('|', '\\|').replaceAll('`', "'")}\``;
}
