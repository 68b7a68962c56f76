import aslValidator from 'asl-validator';
import { App, type AppProps, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
  readonly Metadata?: Record<string, any>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
}

export type Resources = Readonly<Record<string, Resource>>;

/** An app as the CDK's command line would start it with the given context. */
export function appWith(context: Record<string, unknown> = {}, props: AppProps = {}): App {
  return new App({ analyticsReporting: false, context, ...props });
}

/** The template of a stack `Shop` that holds what `add` puts into it. */
export function templateOf(
  add: (stack: Stack) => void,
  context: Record<string, unknown> = {},
  props: StackProps = {},
): Template {
  const stack = new Stack(appWith(context), 'Shop', props);
  add(stack);
  return Template.fromStack(stack);
}

/** What `add` throws. */
export function errorOf(add: (stack: Stack) => void, context: Record<string, unknown> = {}): string {
  try {
    add(new Stack(appWith(context), 'Shop'));
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

export function resourcesOf(template: Template): Resources {
  return template.toJSON().Resources as Resources;
}

export function resourcesOfType(template: Template, type: string): Resource[] {
  return Object.values(resourcesOf(template)).filter((resource) => resource.Type === type);
}

/** The one resource of a type. */
export function resourceOfType(template: Template, type: string): Resource {
  const found = resourcesOfType(template, type);
  expect(found).toHaveLength(1);
  return found[0];
}

/** The functions whose names hold a word, without those that CDK adds for itself. */
export function functionNamed(template: Template, word: string): Resource {
  const found = resourcesOfType(template, 'AWS::Lambda::Function').filter((resource) =>
    resource.Properties.FunctionName?.includes(word),
  );
  expect(found).toHaveLength(1);
  return found[0];
}

/** The statements of a function's own role, less those for its log, its traces and its queue. */
export function rightsOf(template: Template, word: string): object[] {
  const roleId: string = functionNamed(template, word).Properties.Role['Fn::GetAtt'][0];
  const role = resourcesOf(template)[roleId];
  const statements: { Action: string | string[] }[] = role.Properties.Policies[0].PolicyDocument.Statement;
  return statements.filter(({ Action }) => !/^(logs|xray|sqs):/.test([Action].flat()[0]));
}

/** A template as text that does not change with the content of assets. */
export function stableTemplate(template: Template): object {
  return JSON.parse(JSON.stringify(template.toJSON()).replace(/[0-9a-f]{64}/g, '<hash>'));
}

/** The definition of the one state machine, with each reference as a plausible ARN or name in its place. */
export function definitionOf(template: Template): Record<string, any> {
  const machine = resourceOfType(template, 'AWS::StepFunctions::StateMachine');
  const parts: unknown[] = machine.Properties.DefinitionString['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : placeholder(part as object)));
  return JSON.parse(text.join(''));
}

function placeholder(reference: object): string {
  if ('Fn::GetAtt' in reference) {
    const [logicalId] = (reference as Record<string, string[]>)['Fn::GetAtt'];
    return `arn:aws:lambda:us-east-1:123456789012:function:${logicalId}`;
  }
  if ('Fn::Sub' in reference) return 'assets';
  const name = (reference as { Ref: string }).Ref;
  return name === 'AWS::Partition' ? 'aws' : name;
}

/** What is wrong with a definition in the Amazon States Language. The validator writes into what it is given. */
export function definitionErrors(definition: object): unknown[] {
  return aslValidator(structuredClone(definition)).errors;
}
