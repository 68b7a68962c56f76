import { NAMINGS } from '../physical-names';
import type { Rule } from '../rule';

export const namesDiffer: Rule = {
  id: 'names-differ',
  says: 'No two resources of a type have the same name, also not those of two pipelines.',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html',
  violated: 'two pipelines',
  check: (template) => {
    const taken = new Set<string>();
    return template.resources.flatMap(({ id, type, properties }) => {
      const naming = NAMINGS[type];
      if (!naming || naming.inner || !(naming.property in properties)) return [];
      const name = properties[naming.property];
      const before = taken.has(`${type} ${name}`);
      taken.add(`${type} ${name}`);
      return before ? [{ resource: id, problem: `${name} is the name of another one, too` }] : [];
    });
  },
  violations: {
    'two pipelines name their tables alike': (draft) => {
      const table = (word: string) => draft.one('AWS::DynamoDB::Table', word).Properties;
      table('Refunds').TableName = table('Orders').TableName;
    },
    'two rules of one pipeline have a name': (draft) => {
      const rule = (word: string) => draft.one('AWS::Events::Rule', word).Properties;
      rule('OrdersStateMachine').Name = rule('OrdersObservability').Name;
    },
  },
};
