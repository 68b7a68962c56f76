import type { Resolver } from './resolver';
import { LOCAL_REGION } from '../services';

type Intrinsic = (resolver: Resolver, argument: any, place: string) => any;

/** The intrinsic functions that a template may use; any other is refused by name. */
export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (resolver, name, place) => resolver.ref(name, place),
  'Fn::GetAtt': (resolver, argument, place) => {
    const [logicalId, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
    return resolver.attribute(logicalId, attribute.join('.'), place);
  },
  'Fn::Sub': (resolver, argument, place) => {
    const [text, variables = {}] = Array.isArray(argument) ? argument : [argument];
    return substitute(resolver, text, variables, place);
  },
  'Fn::Join': (resolver, [separator, parts], place) =>
    list(resolver.resolve(parts, `${place}/Fn::Join`), 'Fn::Join', place).join(separator),
  'Fn::Select': (resolver, [index, entries], place) => {
    const values = list(resolver.resolve(entries, `${place}/Fn::Select`), 'Fn::Select', place);
    const at = Number(resolver.resolve(index, place));
    if (!(at in values)) throw new Error(`${place}: Fn::Select has no entry ${at} among ${values.length}`);
    return values[at];
  },
  'Fn::Split': (resolver, [separator, text], place) => String(resolver.resolve(text, place)).split(separator),
  'Fn::If': (resolver, [condition, whenTrue, whenFalse], place) =>
    resolver.resolve(resolver.condition(condition, place) ? whenTrue : whenFalse, `${place}/Fn::If`),
  'Fn::FindInMap': (resolver, argument, place) => {
    const [map, first, second] = resolver.resolve(argument, `${place}/Fn::FindInMap`);
    const value = resolver.scope.template.Mappings?.[map]?.[first]?.[second];
    if (value === undefined) throw new Error(`${place}: the mappings have no ${map}.${first}.${second}`);
    return value;
  },
  'Fn::Base64': (resolver, text, place) =>
    Buffer.from(String(resolver.resolve(text, place))).toString('base64'),
  'Fn::ImportValue': (resolver, argument, place) => {
    const name = String(resolver.resolve(argument, `${place}/Fn::ImportValue`));
    const value = resolver.scope.exports.get(name);
    if (value === undefined) throw new Error(`${place}: no stack of the app exports ${name}`);
    return value;
  },
  'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => LOCAL_REGION + zone),
};

function list(value: unknown, name: string, place: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${place}: ${name} needs a list, got ${typeof value}`);
}

/** `${Name}`, `${Name.Attribute}` and `${!literal}` as Fn::Sub defines them. */
function substitute(
  resolver: Resolver,
  text: string,
  variables: Readonly<Record<string, unknown>>,
  place: string,
): string {
  return text.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, expression: string) => {
    if (literal) return `\${${expression}}`;
    const name = expression.trim();
    if (name in variables) return String(resolver.resolve(variables[name], `${place}/Fn::Sub`));
    const [logicalId, ...attribute] = name.split('.') as [string, ...string[]];
    return attribute.length === 0
      ? String(resolver.ref(name, place))
      : resolver.attribute(logicalId, attribute.join('.'), place);
  });
}
