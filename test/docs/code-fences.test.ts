import * as path from 'node:path';
import * as ts from 'typescript';
import { typescriptFences } from './code-fences';

const ROOT = path.join(__dirname, '..', '..');

it('holds code in the pages that compiles against the library as it is', () => {
  const fences = typescriptFences();
  expect(fences.length).toBeGreaterThan(2);

  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const files = new Map(fences.map((fence, i) => [path.join(ROOT, 'test', 'docs', `fence${i}.ts`), fence]));
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name)?.code ?? readFile(name);
  host.getSourceFile = (name, version) => {
    const fence = files.get(name);
    return fence ? ts.createSourceFile(name, fence.code, version) : getSourceFile(name, version);
  };

  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...files].flatMap(([name, fence]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map((problem) => `${fence.place}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`),
  );
  expect(problems).toEqual([]);
});
