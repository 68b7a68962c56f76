import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const SRC = join(__dirname, '..', '..', 'src');

/** Something that other languages see: a type, or a member of one. */
export interface PublicName {
  /** `EtlBucketProps.bucket` */
  readonly name: string;
  readonly summary: string;
  /** What `@default` says. */
  readonly default?: string;
  /** Whether it is an optional prop of a struct. */
  readonly optionalProp: boolean;
}

/** All that src/index.ts exports, read from the sources as jsii's compiler reads it: `@internal` is not public. */
export function publicNames(): PublicName[] {
  const index = parse('index.ts');
  const files = index.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.moduleSpecifier
      ? [`${(statement.moduleSpecifier as ts.StringLiteral).text}.ts`]
      : [],
  );
  return files.flatMap((file) => namesIn(parse(file)));
}

function parse(file: string): ts.SourceFile {
  const text = readFileSync(join(SRC, file), 'utf8');
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

function namesIn(source: ts.SourceFile): PublicName[] {
  return source.statements.flatMap((statement) => {
    if (!isDeclaration(statement) || !has(statement, ts.SyntaxKind.ExportKeyword)) return [];
    if (isInternal(statement)) return [];
    const type = statement.name!.text;
    const members = [...statement.members].filter(isPublicMember);
    return [
      described(statement, type),
      ...members.map((member) => described(member, `${type}.${member.name!.getText()}`)),
    ];
  });
}

type Declaration = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;

function isDeclaration(node: ts.Node): node is Declaration {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node);
}

function isPublicMember(member: ts.Node & { readonly name?: ts.Node }): boolean {
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
  return member.name !== undefined && !hidden.some((kind) => has(member, kind)) && !isInternal(member);
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
  );
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'internal');
}

function described(node: ts.Node, name: string): PublicName {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter((doc) => ts.isJSDoc(doc));
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'default');
  return {
    name,
    summary: textOf(comment?.comment),
    default: tag && textOf(tag.comment),
    optionalProp: ts.isPropertySignature(node) && node.questionToken !== undefined,
  };
}

function textOf(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  return (ts.getTextOfJSDocComment(comment) ?? '').trim();
}
