import type { Rule } from '../rule';

export const oneIndex: Rule = {
  id: 'one-index',
  says: 'A table has one global index at most: an update of a stack can add or remove only one.',
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html',
  check: (template) =>
    template
      .ofType('AWS::DynamoDB::Table')
      .filter(({ properties }) => (properties.GlobalSecondaryIndexes ?? []).length > 1)
      .map(({ id }) => ({
        resource: id,
        problem: 'a release that changes two indexes could not be deployed',
      })),
  violations: {
    'a second one': (draft) => {
      const { GlobalSecondaryIndexes } = draft.one('AWS::DynamoDB::Table').Properties;
      GlobalSecondaryIndexes.push({ ...GlobalSecondaryIndexes[0], IndexName: 'second' });
    },
  },
};
