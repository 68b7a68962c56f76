import type { Rule } from '../rule';

export const tableKeys: Rule = {
  id: 'table-keys',
  says: 'A table declares its key attributes and no others, as strings, and its items expire.',
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html',
  check: (template) =>
    template.ofType('AWS::DynamoDB::Table').flatMap(({ id, properties }) => {
      const declared: any[] = properties.AttributeDefinitions;
      const schemas = [properties, ...(properties.GlobalSecondaryIndexes ?? [])].flatMap(
        ({ KeySchema }) => KeySchema,
      );
      const names = (list: any[]) =>
        String([...new Set(list.map(({ AttributeName }) => AttributeName))].sort());
      const problems = [
        names(declared) !== names(schemas) && `declares ${names(declared)}, has keys ${names(schemas)}`,
        declared.some(({ AttributeType }) => AttributeType !== 'S') && 'a key is no string',
        !properties.TimeToLiveSpecification?.Enabled && 'its items never expire',
      ];
      return problems.filter((problem) => problem !== false).map((problem) => ({ resource: id, problem }));
    }),
  violations: {
    'an attribute that is no key': (draft) => {
      const { AttributeDefinitions } = draft.one('AWS::DynamoDB::Table').Properties;
      AttributeDefinitions.push({ AttributeName: 'bucket', AttributeType: 'S' });
    },
    'a number as key': (draft) => {
      draft.one('AWS::DynamoDB::Table').Properties.AttributeDefinitions[0].AttributeType = 'N';
    },
    'no time to live': (draft) => {
      delete draft.one('AWS::DynamoDB::Table').Properties.TimeToLiveSpecification;
    },
  },
};
