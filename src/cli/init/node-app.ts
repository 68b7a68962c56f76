import { type AppSubject, json, lines, props, type Versions } from './template';

/** The code of an app in TypeScript or JavaScript, which differ in how names are taken from a package. */
export function nodeApp(subject: AppSubject, taken: (names: string, module: string) => string): string {
  return lines(
    taken('App, Stack', 'aws-cdk-lib'),
    taken(`CsvSchema, ${subject.detect ? 'Dialect, ' : ''}ServerlessCsvEtl`, 'serverless-csv-etl'),
    '',
    'const app = new App();',
    `const stack = new Stack(app, ${single(`${subject.construct}Stack`)});`,
    '',
    `new ServerlessCsvEtl(stack, ${single(subject.construct)}, {`,
    ...props(subject, {
      schema: (file) => `  schema: CsvSchema.fromFile(${single(file)}),`,
      dialect: '  dialect: Dialect.detect(),',
      suffixes: (suffix) => `  inputSuffixes: [${single(suffix)}],`,
    }),
    '});',
    '',
    'app.synth();',
  );
}

/** package.json of such an app. */
export function packageJson(
  { name }: AppSubject,
  { self, cdkLib, constructs }: Versions,
  devDependencies?: Readonly<Record<string, string>>,
): string {
  return json({
    name,
    version: '0.1.0',
    private: true,
    dependencies: {
      'aws-cdk-lib': `^${cdkLib}`,
      constructs: `^${constructs}`,
      'serverless-csv-etl': `^${self}`,
    },
    devDependencies,
  });
}

/** A text in the quotes that are usual there. */
function single(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
