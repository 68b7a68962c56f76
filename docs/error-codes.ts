import * as fs from 'node:fs';
import * as path from 'node:path';
import { ERROR_CODES, type ErrorScope } from '../src/shared/error-codes';

/** The page that this script writes. */
export const PAGE = path.join(__dirname, 'error-codes.md');

/** The page's text, made from the one table of codes. */
export function renderErrorCodes(): string {
  return [
    '# Error codes',
    '',
    '<!-- Made by docs/error-codes.ts from src/shared/error-codes.ts. Change the table there, then run the script. -->',
    '',
    'Codes are part of the interface: they do not change. Names are those of the',
    '[Frictionless Framework](https://framework.frictionlessdata.io/docs/errors/) where it has one.',
    '',
    '## Of a row',
    '',
    'They stand in `_code` of a rejects file. The first error in column order leads; all of them stand in `_message`.',
    '',
    ...table('row'),
    '',
    '## Of a job',
    '',
    'They stand in `errorCode` of a job that FAILED. An error that a step of yours throws has its own name as code.',
    '',
    ...table('job'),
    '',
  ].join('\n');
}

function table(scope: ErrorScope): string[] {
  const codes = Object.entries(ERROR_CODES).filter(([, code]) => code.scope === scope);
  return ['| Code | Meaning |', '|---|---|', ...codes.map(([name, code]) => `| \`${name}\` | ${code.meaning} |`)];
}

if (require.main === module) fs.writeFileSync(PAGE, renderErrorCodes());
