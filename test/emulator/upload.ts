import * as fs from 'node:fs';
import * as path from 'node:path';
import { CUSTOM_RUNTIME, DIFFERENCES, type Resource } from './differences';

type Template = { Resources: Record<string, Resource> };

/** Makes an assembly into what MiniStack can take: a copy with the differences applied. */
export function uploadable(assembly: string, copy: string): void {
  fs.cpSync(assembly, copy, { recursive: true });
  for (const stack of stacksOf(copy)) {
    const template = readTemplate(copy, stack);
    for (const [logicalId, resource] of Object.entries(template.Resources)) {
      const kept = DIFFERENCES.map(
        (each) => each.resource?.(resource, logicalId, template.Resources) ?? true,
      );
      if (kept.includes(false)) delete template.Resources[logicalId];
    }
    addCode(copy, stack, template);
    fs.writeFileSync(templateFile(copy, stack), JSON.stringify(template));
  }
}

/** Names of the stacks of an assembly. */
export function stacksOf(assembly: string): string[] {
  const suffix = '.template.json';
  const files = fs.readdirSync(assembly).filter((name) => name.endsWith(suffix));
  return files.map((name) => name.slice(0, -suffix.length));
}

export function readTemplate(assembly: string, stack: string): Template {
  return JSON.parse(fs.readFileSync(templateFile(assembly, stack), 'utf8'));
}

function templateFile(assembly: string, stack: string): string {
  return path.join(assembly, `${stack}.template.json`);
}

/** Puts the additional files beside the code of each function with the custom runtime. */
function addCode(assembly: string, stack: string, template: Template): void {
  const functions = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.Runtime === CUSTOM_RUNTIME,
  );
  const keys = functions.map(({ Properties }) => Properties.Code.S3Key);
  const { files } = JSON.parse(fs.readFileSync(path.join(assembly, `${stack}.assets.json`), 'utf8'));
  for (const { source, destinations } of Object.values<any>(files)) {
    if (!Object.values<any>(destinations).some(({ objectKey }) => keys.includes(objectKey))) continue;
    for (const [name, text] of DIFFERENCES.flatMap(({ code }) => Object.entries(code ?? {}))) {
      fs.writeFileSync(path.join(assembly, source.path, name), text, { mode: 0o755 });
    }
  }
}
