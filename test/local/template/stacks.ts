import type { AssemblyStack, TemplateBody } from '../../../src/local/assembly';
import type { ProvidedResource, ResourceProvider, TemplateResource } from '../../../src/local/services';
import { StackBuilder, type BuiltStack } from '../../../src/local/template/stack-builder';

export function stack(
  name: string,
  template: TemplateBody,
  rest: Partial<AssemblyStack> = {},
): AssemblyStack {
  return { name, template, parameters: {}, assets: [], dependencies: [], paths: new Map(), ...rest };
}

/** Makes anything of type `Test::*`; remembers what it was given. */
export class TestProvider implements ResourceProvider {
  readonly types = ['Test::Thing', 'Test::Other'];
  readonly made: TemplateResource[] = [];

  provide(resource: TemplateResource): ProvidedResource {
    this.made.push(resource);
    return {
      ref: `${resource.logicalId}-name`,
      attributes: { Arn: `arn:${resource.logicalId}`, 'Nested.Value': 'nested' },
    };
  }
}

/** Builds stacks of test resources, all of which are reached. */
export async function build(
  ...stacks: AssemblyStack[]
): Promise<{ provider: TestProvider; built: BuiltStack[] }> {
  const provider = new TestProvider();
  const ids = stacks.flatMap(({ name, template }) =>
    Object.keys(template.Resources ?? {}).map((id) => `${name}/${id}`),
  );
  const builder = new StackBuilder({
    providers: [provider],
    reached: new Set(ids),
    localise: (text) => text.replace('https://public', 'http://127.0.0.1'),
  });
  const built: BuiltStack[] = [];
  for (const each of stacks) built.push(await builder.build(each));
  return { provider, built };
}
