import type { Rule } from '../rule';

export const onDemandTables: Rule = {
  id: 'on-demand-tables',
  says: 'Tables are paid by request: a fixed capacity would throttle a burst of files.',
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html',
  check: (template) =>
    template
      .ofType('AWS::DynamoDB::Table')
      .filter(({ properties }) => properties.BillingMode !== 'PAY_PER_REQUEST')
      .map(({ id }) => ({ resource: id, problem: 'its capacity is fixed' })),
  violations: {
    'fixed capacity': (draft) => {
      draft.one('AWS::DynamoDB::Table').Properties.BillingMode = 'PROVISIONED';
    },
  },
};
