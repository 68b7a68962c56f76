import { type LanguageTemplate, lines, props, quoted } from './template';

const MODULE = 'github.com/serverless-csv-etl/serverless-csv-etl-go/serverlesscsvetl';

export const go: LanguageTemplate = {
  title: 'Go',
  needs: 'Go 1.25 or newer',
  install: ['go mod tidy'],
  source: 'app.go',
  app: 'go run app.go',
  ignored: [],
  files: (subject, { self, cdkLib }) => ({
    'app.go': lines(
      'package main',
      '',
      'import (',
      '\t"github.com/aws/aws-cdk-go/awscdk/v2"',
      '\t"github.com/aws/jsii-runtime-go"',
      `\tetl "${MODULE}"`,
      ')',
      '',
      'func main() {',
      '\tdefer jsii.Close()',
      '',
      '\tapp := awscdk.NewApp(nil)',
      `\tstack := awscdk.NewStack(app, jsii.String(${quoted(`${subject.construct}Stack`)}), nil)`,
      '',
      `\tetl.NewServerlessCsvEtl(stack, jsii.String(${quoted(subject.construct)}), &etl.ServerlessCsvEtlProps{`,
      ...aligned(
        props(subject, {
          schema: (file) => `Schema: etl.CsvSchema_FromFile(jsii.String(${quoted(file)}), nil),`,
          dialect: 'Dialect: etl.Dialect_Detect(nil),',
          suffixes: (suffix) => `InputSuffixes: jsii.Strings(${quoted(suffix)}),`,
        }),
      ),
      '\t})',
      '',
      '\tapp.Synth(nil)',
      '}',
    ),
    'go.mod': lines(
      `module ${subject.name}`,
      '',
      'go 1.25',
      '',
      'require (',
      `\tgithub.com/aws/aws-cdk-go/awscdk/v2 v${cdkLib}`,
      `\t${MODULE} v${self}`,
      ')',
    ),
  }),
};

/** Values below each other, as gofmt puts them. */
function aligned(fields: readonly string[]): string[] {
  const width = Math.max(...fields.map((field) => field.indexOf(':')));
  return fields.map((field) => {
    const colon = field.indexOf(':');
    return `\t\t${field.slice(0, colon + 1)}${' '.repeat(width - colon)}${field.slice(colon + 1)}`;
  });
}
