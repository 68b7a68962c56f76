import { type LanguageTemplate, lines, props, quoted } from './template';

export const python: LanguageTemplate = {
  title: 'Python',
  needs: 'Python 3.10 or newer, with `venv`',
  install: ['python3 -m venv .venv', '. .venv/bin/activate', 'pip install -r requirements.txt'],
  source: 'app.py',
  app: 'python3 app.py',
  ignored: ['.venv/', '__pycache__/'],
  files: (subject, { self, cdkLib, constructs }) => ({
    'app.py': lines(
      'from aws_cdk import App, Stack',
      `from serverless_csv_etl import CsvSchema, ${subject.detect ? 'Dialect, ' : ''}ServerlessCsvEtl`,
      '',
      'app = App()',
      `stack = Stack(app, ${quoted(`${subject.construct}Stack`)})`,
      '',
      'ServerlessCsvEtl(',
      '    stack,',
      `    ${quoted(subject.construct)},`,
      ...props(subject, {
        schema: (file) => `    schema=CsvSchema.from_file(${quoted(file)}),`,
        dialect: '    dialect=Dialect.detect(),',
        suffixes: (suffix) => `    input_suffixes=[${quoted(suffix)}],`,
      }),
      ')',
      '',
      'app.synth()',
    ),
    'requirements.txt': lines(
      `aws-cdk-lib>=${cdkLib},<3.0.0`,
      `constructs>=${constructs},<11.0.0`,
      `serverless-csv-etl>=${self}`,
    ),
  }),
};
