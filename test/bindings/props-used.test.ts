import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '..', '..');

function parse(file: string): ts.SourceFile {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

function find<Node extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is Node): Node[] {
  const found: Node[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** The files that the package exports, and of them the structs: interfaces of properties alone. */
const exported = find(parse('src/index.ts'), ts.isExportDeclaration).map(
  ({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text,
);
const structs = exported
  .flatMap((name) => find(parse(`src/${name}.ts`), ts.isInterfaceDeclaration))
  .filter(
    (each) =>
      each.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) &&
      !/@internal/.test(each.getFullText()),
  );
const props = structs.flatMap((struct) => struct.members.map((member) => member.name!.getText()));

const apps = ['test/bindings/fivefold/typescript', 'examples/typescript'].flatMap((folder) =>
  readdirDeep(folder),
);
const used = new Set(
  apps.flatMap((file) => {
    const source = parse(file);
    const members = [
      ...find(source, ts.isPropertyAssignment),
      ...find(source, ts.isShorthandPropertyAssignment),
    ];
    return members.map(({ name }) => name.getText());
  }),
);

function readdirDeep(folder: string): string[] {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /(?<!node_modules.*)\.ts$/.test(file)).map((file) => path.join(folder, file));
}

it('finds the structs of the public API', () => {
  expect(structs.map(({ name }) => name.text)).toEqual(
    expect.arrayContaining(['ServerlessCsvEtlProps', 'EtlBucketProps', 'StepCodeProps', 'DialectOptions']),
  );
});

it.each([...new Set(props)])('shows the prop %s in an example or in the app of every language', (prop) => {
  expect(used).toContain(prop);
});
