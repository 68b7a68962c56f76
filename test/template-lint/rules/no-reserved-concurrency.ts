import type { Rule } from '../rule';

export const noReservedConcurrency: Rule = {
  id: 'no-reserved-concurrency',
  says: 'No function reserves concurrent executions, of which new accounts have 10 to give.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  check: (template) =>
    template
      .ofType('AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version')
      .filter(({ properties }) =>
        ['ReservedConcurrentExecutions', 'ProvisionedConcurrencyConfig'].some((name) => name in properties),
      )
      .map(({ id }) => ({ resource: id, problem: 'concurrency is set aside' })),
  violations: {
    'a function reserves one': (draft) => {
      draft.one('AWS::Lambda::Function', 'Finish').Properties.ReservedConcurrentExecutions = 1;
    },
    'an alias has provisioned concurrency': (draft) =>
      draft.add('Alias', 'AWS::Lambda::Alias', {
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
      }),
  },
};
