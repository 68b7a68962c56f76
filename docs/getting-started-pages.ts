import { page, table } from './page';
import { appFiles } from '../src/cli/init/app-files';
import { runCommand } from '../src/cli/init/commands';
import { DEFAULT_LANGUAGE, LANGUAGES } from '../src/cli/init/languages';
import { SAMPLE } from '../src/cli/init/sample';
import { subjectOf } from '../src/cli/init/subject';
import type { LanguageTemplate } from '../src/cli/init/template';

const MADE_OF = 'src/cli/init/ and docs/getting-started-pages.ts';
const SUBJECT = { ...subjectOf(SAMPLE.file), detect: false };

/** The pages that take a newcomer from nothing to a processed file, one for each language, and the list of them. */
export const GETTING_STARTED: Readonly<Record<string, () => string>> = {
  'getting-started.md': overview,
  ...Object.fromEntries(
    Object.entries(LANGUAGES).map(([language, template]) => [
      fileOf(language),
      () => gettingStarted(language, template),
    ]),
  ),
};

function fileOf(language: string): string {
  return `getting-started-${language}.md`;
}

function overview(): string {
  return page('Getting started', MADE_OF, [
    'From nothing to a processed file on your machine, in ten minutes; without an AWS account, and in the language of your',
    'choice. The CDK runs on Node.js in every language, so Node.js 20 or newer is always needed.',
    '',
    ...table(
      ['Language', 'Needs beside Node.js', 'The app'],
      Object.entries(LANGUAGES).map(([language, { title, needs, source }]) => [
        `[${title}](${fileOf(language)})`,
        needs ?? '',
        `\`${source}\``,
      ]),
    ),
    '',
    'C# is not among them yet: the package can be made for .NET, but nobody has run it there.',
  ]);
}

function gettingStarted(language: string, template: LanguageTemplate): string {
  const { title, needs, install, source } = template;
  const files = appFiles(template, SUBJECT, { self: '0.0.0', cdkLib: '0.0.0', constructs: '0.0.0' });
  const option = language === DEFAULT_LANGUAGE ? '' : ` --language ${language}`;
  return page(`Getting started in ${title}`, MADE_OF, [
    `You need Node.js 20 or newer${needs === undefined ? '' : `, and ${needs}`}. An AWS account is needed for the last section only.`,
    '',
    '## An app',
    '',
    'In an empty folder:',
    '',
    ...fence('sh', `npx serverless-csv-etl init${option}`),
    '',
    `That writes a sample, \`${SAMPLE.file}\`, whose third row is wrong:`,
    '',
    ...fence('csv', SAMPLE.csv.trimEnd()),
    '',
    `\`${SUBJECT.schema}\` says what each column holds, and \`${source}\` is the app:`,
    '',
    ...fence(language, files[source]!.trimEnd()),
    '',
    '## Run it',
    '',
    ...fence('sh', ...install, runCommand(SUBJECT)),
    '',
    ...fence(
      'text',
      '…',
      'orders.csv: SUCCEEDED   job …',
      '  rows     4 read, 3 written, 1 rejected, 0 filtered',
      '…',
      '    row  column    code        message',
      '      4  quantity  type-error  quantity: type-error: expected an integer',
      '…',
    ),
    '',
    'The three valid rows are in `etl-local/processed/orders.csv`. The other one is in the rejects file, with the reason:',
    '',
    ...fence('sh', 'cat etl-local/failed/*.rejects.csv'),
    '',
    ...fence(
      'text',
      'id,product,quantity,unit_price,_row,_column,_code,_message',
      '3,plum,none,0.20,4,quantity,type-error,quantity: type-error: expected an integer',
    ),
    '',
    '## Correct what was rejected',
    '',
    'Correct the cell, keep the name and the last four columns, and run that file:',
    '',
    ...fence(
      'sh',
      'mkdir corrected',
      'sed "s/none/5/" etl-local/failed/*.rejects.csv >"corrected/$(basename etl-local/failed/*.rejects.csv)"',
      'npx serverless-csv-etl run corrected/*.rejects.csv',
      'cat etl-local/processed/*.rejects.csv',
    ),
    '',
    ...fence(
      'text',
      '…',
      '  rows     1 read, 1 written, 0 rejected, 0 filtered',
      '…',
      'id,product,quantity,unit_price',
      '3,plum,5,0.20',
    ),
    '',
    '## A file of yours',
    '',
    `\`npx serverless-csv-etl init yours.csv${option}\`, in a folder of its own, finds the schema in your file. Read it before you`,
    'rely on it: it says what is true of that one file.',
    '',
    '## Deploy it',
    '',
    'With credentials of your AWS account in the environment:',
    '',
    ...fence('', 'npx aws-cdk@2 bootstrap', 'npx aws-cdk@2 deploy'),
    '',
    'Upload files under `raw/` of the bucket that the outputs name. Rights, quotas, costs, and what the deletion of the stack',
    'does to your data: [Deploying](deploying.md).',
    '',
    '## Further',
    '',
    '- [Transforms](transforms.md), each with rows before and after, and [enrichments](enrichments.md)',
    '- [Types and constraints](table-schema.md) of the schema',
    '- [A step of your own](replacing-a-step.md), in any language',
    `- [A whole example in ${title}](../examples/${language}/README.md), with a step that is written in it`,
    '- [Concepts](concepts.md): job, step, reject, publication',
  ]);
}

function fence(info: string, ...text: readonly string[]): string[] {
  return [`\`\`\`${info}`, ...text, '```'];
}
