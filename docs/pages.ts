import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeFences } from './code-fences';
import { enrichments } from './enrichment-examples';
import { GETTING_STARTED } from './getting-started-pages';
import { limits } from './limits-page';
import { metrics } from './metrics-page';
import { page, table } from './page';
import { tableSchema } from './table-schema-page';
import { transformRows } from './transform-examples';
import { ERROR_CODES, type ErrorScope } from '../src/shared/error-codes';
import { FUNCTIONS } from '../src/spec/expression/functions';
import { HELD_ELSEWHERE } from '../test/template-lint/held-elsewhere';
import { RULES } from '../test/template-lint/rules';

/** The pages that are made from tables of the code: file name and text. */
export const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'aws-rules.md': awsRules,
  'enrichments.md': enrichments,
  'error-codes.md': errorCodes,
  'expressions.md': expressions,
  ...GETTING_STARTED,
  'limits.md': limits,
  'metrics.md': metrics,
  'table-schema.md': tableSchema,
  'transforms.md': transforms,
};

function awsRules(): string {
  return page('What AWS demands of a stack', 'test/template-lint/', [
    'Much that a template may not contain, AWS refuses only when the stack is deployed, and some of it only weeks later,',
    'when the first file is large or the first message is lost. So the tests hold the rules of AWS that such a pipeline',
    'can break.',
    '',
    '## Rules that a template shows',
    '',
    'A test looks for each of them in every template: of a pipeline with default props, with all props, of two in one',
    'stack, with imported resources, with customer-managed keys, and with the longest names; each without feature flags,',
    'with all that are recommended, and with policies that are made one by one. ARNs and names have the greatest length',
    'that they can reach in an account. For each rule there are templates that break it.',
    '',
    ...table(
      ['Rule', 'What holds'],
      RULES.map(({ id, says, source }) => [`[\`${id}\`](${source})`, says]),
    ),
    '',
    '## Rules that no template shows',
    '',
    'They are held by tests of the functions, and by those of the local run, which behaves like AWS there.',
    '',
    ...table(
      ['What holds', 'Test'],
      HELD_ELSEWHERE.map(({ says, source, heldBy }) => [
        `${says} ([AWS](${source}))`,
        [...new Set(heldBy.map(([file]) => `\`test/${file}\``))].join(', '),
      ]),
    ),
  ]);
}

function errorCodes(): string {
  return page('Error codes', 'src/shared/error-codes.ts', [
    'Codes are part of the interface: they do not change. Names are those of the',
    '[Frictionless Framework](https://framework.frictionlessdata.io/docs/errors/) where it has one.',
    '',
    '## Of a row',
    '',
    'They stand in `_code` of a rejects file. The first error in column order leads; all of them stand in `_message`.',
    '',
    ...codes('row'),
    '',
    '## Of a job',
    '',
    'They stand in `errorCode` of a job that FAILED. An error that a step of yours throws has its own name as code.',
    '',
    ...codes('job'),
  ]);
}

function codes(scope: ErrorScope): string[] {
  const rows = Object.entries(ERROR_CODES).filter(([, code]) => code.scope === scope);
  return table(
    ['Code', 'Meaning'],
    rows.map(([name, code]) => [`\`${name}\``, code.meaning]),
  );
}

function expressions(): string {
  return page('Expressions', 'src/spec/expression/functions.ts', [
    'What `Transform.derive` and `Transform.filter` take, for example',
    "`col('Cost Total $') > 1000 && state != 'TX'` or `round(quantity * unit_price, 2)`.",
    '',
    "- A column is its name, or `col('any name')` where the name is no identifier.",
    '- Literals: numbers, texts in `\'` or `"`, `true`, `false`, `null`.',
    '- Operators, loosest first: `? :`, `||`, `&&`, `==` `!=`, `<` `<=` `>` `>=`, `+` `-`, `*` `/` `%`, and `!` `-` `+`',
    '  before a value. Texts are put together by `concat`, not by `+`.',
    '- Numbers are exact decimals, read from the text of the cell: `0.1 + 0.2` is `0.3`.',
    '- A division says its digits: `div(a, b, 2)`, or `a / b` as the whole expression with `scale` beside it. Rounding is',
    '  half-even unless said otherwise.',
    '- An empty cell is null, and null in is null out. Ask for it with `isNull(x)`.',
    '- Expressions are parsed and checked at synth, and interpreted at run time; their text is never run as code.',
    '',
    '## Functions',
    '',
    ...table(
      ['Call', 'What it gives'],
      Object.values(FUNCTIONS).map(({ usage, meaning }) => [`\`${usage}\``, meaning]),
    ),
  ]);
}

function transforms(): string {
  return page('Transforms by example', 'docs/transform-examples.ts', [
    'Each transform with rows before and after it, header first, cells apart by `¦`. The rows after are what the engine',
    'made of those before. What each transform means: [Schema, transforms, enrichments](schema-and-transforms.md#transforms).',
    '',
    ...table(['Transform', 'Before', 'After'], transformRows()),
  ]);
}

async function write(): Promise<void> {
  for (const [name, render] of Object.entries(PAGES)) {
    fs.writeFileSync(path.join(__dirname, name), await render());
  }
  writeFences();
}

if (require.main === module) void write();
