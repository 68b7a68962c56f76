import { deployCommands, runCommand } from './commands';
import { json, type AppSubject, type LanguageTemplate, lines, type Versions } from './template';

/** Every file of an app by its name, but for the schema. */
export function appFiles(
  language: LanguageTemplate,
  subject: AppSubject,
  versions: Versions,
): Record<string, string> {
  return {
    ...language.files(subject, versions),
    'cdk.json': json({ app: language.app }),
    '.gitignore': lines(...language.ignored, 'cdk.out/', 'etl-local/'),
    'README.md': readme(language, subject),
  };
}

function readme(language: LanguageTemplate, subject: AppSubject): string {
  const { needs, install, source } = language;
  return lines(
    `# ${subject.construct}`,
    '',
    `A pipeline for files like \`${subject.csv}\`, as an AWS CDK app in ${language.title}. It needs Node.js 20 or newer${needs === undefined ? '' : `, and ${needs}`}.`,
    '',
    'Install what the app needs:',
    '',
    ...shell(install),
    '',
    'Run it on this machine, without an AWS account. Results are files in `etl-local/`:',
    '',
    ...shell([runCommand(subject)]),
    '',
    'Deploy it to the account that your AWS credentials belong to. The first command is needed once for each account and region:',
    '',
    ...shell(deployCommands),
    '',
    'Then upload files under `raw/` of the bucket that the outputs name. **Deleting the stack deletes the bucket with all data**,',
    'unless you give the construct `removalPolicy: RETAIN`.',
    '',
    `- \`${subject.schema}\` says what each column holds. Correct what is only true of the file it was found in.`,
    `- \`${source}\` is the app: add transforms and enrichments there.`,
    '- All props, transforms and error codes: https://github.com/serverless-csv-etl/serverless-csv-etl#readme',
  );
}

function shell(commands: readonly string[]): string[] {
  return ['```sh', ...commands, '```'];
}
